package io.plumbline.cli.model;

import io.plumbline.cli.client.LineageClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model ran}. */
@Command(name = "ran", mixinStandardHelpOptions = true, description = "Says what a gateway runs, or ran at a moment.")
final class RanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GATEWAY", description = "The gateway.")
    private String gateway = "";

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "The moment (default: now), such as 2026-11-22T06:00:00Z.")
    private Optional<Instant> at = Optional.empty();

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var client = new LineageClient(registry.url());
        var found = client.at(Typed.gateway(spec, gateway), at);
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(found));
        } else {
            LineagePage.sightings(found).forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
