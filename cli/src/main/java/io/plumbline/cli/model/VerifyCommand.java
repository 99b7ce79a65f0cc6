package io.plumbline.cli.model;

import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.client.SignatureClient;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Says who signed a build; fails unless a trusted key did.")
final class VerifyCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "BUILD", description = "Digest of the build's manifest.")
    private String build = "";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "The trust root that gateways have (default: the keys that the registry says are its own).")
    private Optional<Path> trust = Optional.empty();

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param key id of the trusted key; empty if none of them signed this */
    record Verified(Optional<String> key) {}

    /**
     * What is printed as JSON.
     *
     * @param unreadable how many further ones are no signatures
     */
    record Report(Digest manifest, boolean trusted, List<Verified> signatures, int unreadable) {

        /** Empty text where every signature could be read. */
        String unreadableInWords() {
            return unreadable == 0 ? "" : unreadable + " that cannot be read";
        }
    }

    @Override
    public Integer call() throws ClientException {
        var client = new SignatureClient(registry.url());
        var digest = Typed.digest(spec, build);
        var found = client.of(Typed.model(spec, model), digest);
        var report = report(digest, found, trust.isPresent() ? TrustFile.read(trust.get()) : client.trust());
        if (registry.json()) {
            spec.commandLine().getOut().println(Json.pretty(report));
        } else {
            print(report);
        }
        spec.commandLine().getOut().flush();
        if (!report.trusted()) {
            throw new ClientException("no trusted key signed " + digest + "; it has "
                    + report.signatures().size() + " signatures by other keys"
                    + (report.unreadable() == 0 ? "" : ", and " + report.unreadableInWords()));
        }
        return 0;
    }

    static Report report(Digest digest, SignatureClient.Found found, TrustedKeys keys) {
        var now = Instant.now();
        var signatures = found.envelopes().stream()
                .map(envelope -> new Verified(keys.signer(digest, envelope, now).map(TrustedKey::id)))
                .toList();
        var trusted = signatures.stream().anyMatch(one -> one.key().isPresent());
        return new Report(digest, trusted, signatures, found.unreadable());
    }

    private void print(Report report) {
        var out = spec.commandLine().getOut();
        out.println(report.manifest());
        report.signatures()
                .forEach(one -> out.println(one.key()
                        .map(id -> "  signed by trusted key " + id)
                        .orElse("  signed by a key that is not trusted")));
        if (report.unreadable() > 0) {
            out.println("  " + report.unreadableInWords());
        }
    }
}
