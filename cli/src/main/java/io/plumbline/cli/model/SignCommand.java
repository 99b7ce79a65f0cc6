package io.plumbline.cli.model;

import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.client.SignatureClient;
import io.plumbline.contract.wire.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model sign}. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Signs a build with a key of yours, beside the registry's own signature.",
        footer = "A key is made by: openssl genpkey -algorithm ed25519 -out key.pem")
final class SignCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "BUILD", description = "Digest of the build's manifest.")
    private String build = "";

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "Ed25519 private key, PKCS#8 in PEM.")
    private Path key = Path.of("");

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var own = OwnKey.read(key);
        var digest = Typed.digest(spec, build);
        new SignatureClient(registry.server()).add(Typed.model(spec, model), digest, own.sign(digest));
        var trusted = own.trusted();
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(Map.of("manifest", digest, "key", trusted.id(), "publicKey", trusted.key())));
        } else {
            out.println("signed " + digest + " with key " + trusted.id());
            out.println("for gateways to trust it, put this into their trust root: \"" + trusted.key() + "\"");
        }
        out.flush();
        return 0;
    }
}
