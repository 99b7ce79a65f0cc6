package io.plumbline.cli.model;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.cli.option.OciRepository;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.cli.parcel.PulledFolder;
import io.plumbline.cli.trust.TrustFile;
import io.plumbline.client.Artifact;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.client.SignatureClient;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model pull}. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description =
                "Fetches a build or a version into a folder, which 'model push' brings into any registry as it is.")
final class PullCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "BUILD", description = "Digest of a build or a version, or a tag.")
    private String build = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the files go.")
    private Path folder = Path.of("");

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "The trust root that gateways have; what none of its keys signed is not written.")
    private Optional<Path> trust = Optional.empty();

    @Option(
            names = "--force",
            description = "Replaces files of the same names in the folder, and the signatures in it.")
    private boolean force;

    @Mixin
    private OciRepository oci = new OciRepository();

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What is printed as JSON.
     *
     * @param signer id of a trusted key that signed it, where a trust root was given
     */
    record Report(ModelName model, Digest manifest, String folder, List<String> files, Optional<String> signer) {}

    @Override
    public Integer call() throws ToolException, ClientException {
        var name = Typed.model(spec, model);
        var reference = Digest.isValid(build) ? build : Typed.tag(spec, build);
        var target = PulledFolder.of(folder, force);
        var client = oci.client(registry, name);
        var artifact = client.get(reference);
        var own = client.model(artifact);
        if (!own.equals(name)) {
            throw new ClientException("nothing is written: " + artifact.digest() + " is of model '" + own
                    + "' and not of '" + name + "'");
        }
        var signatures = client.signatures(artifact.digest());
        if (signatures.unreadable() > 0) {
            var err = spec.commandLine().getErr();
            err.println("warning: " + signatures.unreadable() + " signatures of " + artifact.digest()
                    + " cannot be read, and are left out");
            err.flush();
        }
        var signer = signer(artifact, client, signatures);
        var files = target.write(artifact, signatures.envelopes(), client);
        print(new Report(name, artifact.digest(), folder.toString(), files, signer));
        return 0;
    }

    private Optional<String> signer(Artifact artifact, ArtifactClient client, SignatureClient.Found signatures)
            throws ClientException {
        if (trust.isEmpty()) {
            return Optional.empty();
        }
        var keys = TrustFile.read(trust.get());
        var report = VerifyCommand.report(
                artifact.digest(), signatures, keys, VerifyCommand.takenBack(artifact, client, keys));
        if (report.takenBack().isPresent()) {
            throw new ClientException(
                    "nothing is written: " + report.takenBack().get());
        }
        var signer =
                report.signatures().stream().flatMap(one -> one.key().stream()).findFirst();
        if (signer.isEmpty()) {
            throw new ClientException("nothing is written: none of the "
                    + signatures.envelopes().size() + " signatures of "
                    + artifact.digest() + " is by a key of " + trust.get()
                    + (artifact.type().equals(MediaTypes.BUILD) ? "" : "; builds are signed, versions are not"));
        }
        return signer;
    }

    private void print(Report report) {
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(report));
        } else {
            out.println("pulled " + report.manifest() + " into " + report.folder()
                    + report.signer()
                            .map(key -> ", signed by trusted key " + key)
                            .orElse(""));
            report.files().forEach(file -> out.println("  " + file));
        }
        out.flush();
    }
}
