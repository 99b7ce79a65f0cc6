package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.wire.Json;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which registry, and how to print. */
public final class RegistryAddress {

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    public boolean json() {
        return json;
    }

    /** What was found: as JSON if that was asked for, as these lines otherwise. */
    public <T> void print(T found, Function<T, List<String>> lines) {
        var out = command.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(found));
        } else {
            lines.apply(found).forEach(out::println);
        }
        out.flush();
    }

    public Http server() throws ClientException {
        return registry.server(profile, Surroundings.of(command));
    }
}
