package io.plumbline.cli.model;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline model list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the models of the registry.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Mixin
    private Repeat repeat = new Repeat();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        return repeat.print(registry.json(), this::listed);
    }

    private Listed listed() throws ClientException {
        var models = new RegistryClient(registry.server()).models();
        return new Listed(models, () -> ModelPage.models(models));
    }
}
