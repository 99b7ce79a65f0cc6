package io.plumbline.cli.model;

import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.cli.trust.TrustFile;
import io.plumbline.client.Artifact;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.client.SignatureClient;
import io.plumbline.contract.artifact.MediaTypes;
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
        description = "Says who signed a build; fails unless a trusted key did, or if it was taken back.")
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
     * @param trusted whether a trusted key signed it, and it was not taken back
     * @param takenBack why it was; empty if it was not
     * @param unreadable how many further ones are no signatures
     */
    record Report(
            Digest manifest, boolean trusted, List<Verified> signatures, Optional<String> takenBack, int unreadable) {

        /** Empty text where every signature could be read. */
        String unreadableInWords() {
            return unreadable == 0 ? "" : unreadable + " that cannot be read";
        }
    }

    @Override
    public Integer call() throws ClientException {
        var signatures = new SignatureClient(registry.server());
        var digest = Typed.digest(spec, build);
        var name = Typed.model(spec, model);
        var found = signatures.of(name, digest);
        var keys = trust.isPresent() ? TrustFile.read(trust.get()) : signatures.trust();
        var client = new ArtifactClient(registry.server(), MediaTypes.repository(name));
        var report = report(digest, found, keys, takenBack(client.get(digest.value()), client, keys));
        if (registry.json()) {
            spec.commandLine().getOut().println(Json.pretty(report));
        } else {
            print(report);
        }
        spec.commandLine().getOut().flush();
        if (report.takenBack().isPresent()) {
            throw new ClientException(report.takenBack().get());
        }
        if (!report.trusted()) {
            throw new ClientException("no trusted key signed " + digest + "; it has "
                    + report.signatures().size() + " signatures by other keys"
                    + (report.unreadable() == 0 ? "" : ", and " + report.unreadableInWords()));
        }
        return 0;
    }

    /** Why gateways with this trust root refuse it though it is signed. */
    static Optional<String> takenBack(Artifact artifact, ArtifactClient client, TrustedKeys keys)
            throws ClientException {
        var revoked = keys.revocation(artifact.digest());
        if (revoked.isPresent() || keys.models().isEmpty() || !artifact.type().equals(MediaTypes.BUILD)) {
            return revoked;
        }
        var card = client.buildCard(artifact);
        return keys.tooOld(card.model(), artifact.digest(), card.createdAt());
    }

    static Report report(Digest digest, SignatureClient.Found found, TrustedKeys keys, Optional<String> takenBack) {
        var now = Instant.now();
        var signatures = found.envelopes().stream()
                .map(envelope -> new Verified(keys.signer(digest, envelope, now).map(TrustedKey::id)))
                .toList();
        var trusted = signatures.stream().anyMatch(one -> one.key().isPresent());
        return new Report(digest, trusted && takenBack.isEmpty(), signatures, takenBack, found.unreadable());
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
