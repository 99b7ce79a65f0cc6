package io.plumbline.cli.trust;

import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.client.ClientException;
import io.plumbline.client.SignatureClient;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline trust keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Puts the registry's keys into a trust root, with their ends; everything else in it stays.")
final class KeysCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The trust root; it is made if it is not there.")
    private Path file = Path.of("");

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var before = Files.exists(file) ? TrustFile.read(file) : new TrustedKeys(List.of());
        var told = new SignatureClient(registry.server()).trust().keys();
        var names = told.stream().map(TrustedKey::key).toList();
        var all = new ArrayList<>(told);
        before.keys().stream().filter(key -> !names.contains(key.key())).forEach(all::add);
        TrustFile.write(file, new TrustedKeys(all, before.revoked(), before.models()));
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(Map.of("file", file.toString(), "keys", all)));
        } else {
            out.println(file + " trusts " + all.size() + " keys:");
            all.forEach(key -> out.println("  " + key.id()
                    + key.until().map(end -> " until " + end).orElse("")
                    + (names.contains(key.key()) ? "" : " (not of this registry)")));
        }
        out.flush();
        return 0;
    }
}
