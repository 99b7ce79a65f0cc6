package io.plumbline.cli.option;

import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.Authorization;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A repository of any OCI registry, in place of a model's in Plumbline's own. */
public final class OciRepository {

    private static final Pattern PATH = Pattern.compile("/([a-z0-9]+([._-]+[a-z0-9]+)*/?)+");

    @Option(
            names = "--oci",
            paramLabel = "URL",
            description =
                    "A repository of any OCI registry in place of --registry, such as https://ghcr.io/me/climate. Who asks is"
                            + " known from docker login, or $PLUMBLINE_OCI_USER and $PLUMBLINE_OCI_PASSWORD.")
    private Optional<String> url = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Whether it was named. */
    public boolean isNamed() {
        return url.isPresent();
    }

    /**
     * The repository that was named, or else the model's in the registry.
     *
     * @throws ClientException if what was named is no such address
     */
    public ArtifactClient client(RegistryAddress registry, ModelName model) throws ClientException {
        if (url.isEmpty()) {
            return new ArtifactClient(registry.server(), MediaTypes.repository(model));
        }
        var place = parsed(url.get());
        var base = place.resolve("/");
        var repository = place.getPath().replaceAll("^/|/$", "");
        var here = Surroundings.of(command);
        return new ArtifactClient(base, repository, Authorization.of(base, here.variables(), here.home()));
    }

    private static URI parsed(String text) throws ClientException {
        try {
            var place = URI.create(text);
            if (place.getUserInfo() != null) {
                throw new ClientException("--oci must not hold a password, which everybody on this machine could read:"
                        + " use docker login, or $PLUMBLINE_OCI_USER and $PLUMBLINE_OCI_PASSWORD");
            }
            if (place.getHost() != null
                    && ("https".equals(place.getScheme()) || "http".equals(place.getScheme()))
                    && place.getQuery() == null
                    && PATH.matcher(place.getPath()).matches()) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static ClientException wrong(String text) {
        return new ClientException(
                "--oci " + text + " must look like https://host/repository, in small letters and without a tag");
    }
}
