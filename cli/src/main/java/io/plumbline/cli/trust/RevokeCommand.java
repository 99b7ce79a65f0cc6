package io.plumbline.cli.trust;

import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.artifact.TrustedKeys.Revoked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline trust revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description =
                "Takes a build back: gateways with this trust root refuse it, whoever signed it, with and without a network.")
final class RevokeCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The trust root.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "BUILD", description = "Digest of the build's manifest.")
    private String build = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, in one line; gateways say it when they refuse it.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--undo", description = "Takes the build out of the list again.")
    private boolean undo;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var digest = Typed.digest(spec, build);
        if (undo && reason.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--undo takes no --reason");
        }
        var before = TrustFile.read(file);
        var revoked = new ArrayList<>(before.revoked());
        var was = revoked.removeIf(one -> one.build().equals(digest));
        if (undo && !was) {
            throw new ClientException(file + " does not revoke " + digest);
        }
        if (!undo) {
            revoked.add(Typed.checked(spec, build, same -> new Revoked(digest, reason)));
        }
        TrustFile.write(file, new TrustedKeys(before.keys(), revoked, before.models()));
        var out = spec.commandLine().getOut();
        out.println(file + (undo ? " no longer revokes " : " revokes ") + digest);
        out.flush();
        return 0;
    }
}
