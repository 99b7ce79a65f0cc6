package io.plumbline.cli.model;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumbline model list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the models of the registry.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var models = new RegistryClient(registry.url()).models();
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(models));
        } else {
            ModelPage.models(models).forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
