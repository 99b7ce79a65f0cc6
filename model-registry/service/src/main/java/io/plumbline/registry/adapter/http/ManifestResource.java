package io.plumbline.registry.adapter.http;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.kafka.Workshop;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.Version;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Manifests, tags and referrers.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution 1.1</a>
 */
@Path("/v2")
@Blocking
public final class ManifestResource {

    /** What registries are to take at least, by the specification; no manifest of a model comes near it. */
    private static final int LARGEST = 4 << 20;

    private static final String DIGEST = "Docker-Content-Digest";

    private final Repositories repositories;
    private final Catalog catalog;
    private final Workshop workshop;

    ManifestResource(Repositories repositories, Catalog catalog, Workshop workshop) {
        this.repositories = repositories;
        this.catalog = catalog;
        this.workshop = workshop;
    }

    @GET
    @Path("/")
    public Response version() {
        return Response.ok("{}", MediaType.APPLICATION_JSON).build();
    }

    @HEAD
    @Path("/{name: .+}/manifests/{reference}")
    public Response head(@PathParam("name") String name, @PathParam("reference") String reference) {
        var stored = stored(name, reference);
        return Response.ok()
                .type(stored.manifest().mediaType())
                .header("Content-Length", stored.content().length)
                .header(DIGEST, stored.manifest().digest())
                .build();
    }

    private Repositories.Stored stored(String name, String reference) {
        return repositories
                .manifest(Names.repository(name), Names.reference(reference))
                .orElseThrow(() -> new OciException(
                        OciException.Code.MANIFEST_UNKNOWN, "manifest '" + reference + "' is not in '" + name + "'"));
    }

    @GET
    @Path("/{name: .+}/manifests/{reference}")
    public Response get(@PathParam("name") String name, @PathParam("reference") String reference) {
        var stored = stored(name, reference);
        return Response.ok(stored.content(), stored.manifest().mediaType())
                .header(DIGEST, stored.manifest().digest())
                .tag(stored.manifest().digest().value())
                .build();
    }

    @PUT
    @Path("/{name: .+}/manifests/{reference}")
    @Consumes(MediaType.WILDCARD)
    public Response put(@PathParam("name") String name, @PathParam("reference") String reference, InputStream body)
            throws IOException {
        var content = body.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            throw new OciException(OciException.Code.SIZE_INVALID, "a manifest may have at most " + LARGEST + " bytes");
        }
        catalog.admit(name, repositories.check(name, reference, content));
        var manifest = repositories.putManifest(name, reference, content);
        if (manifest.artifactType().equals(MediaTypes.VERSION)) {
            workshop.pushed(new Version.Pushed(name, manifest));
        }
        var created = Response.created(URI.create("/v2/" + name + "/manifests/" + manifest.digest()))
                .header(DIGEST, manifest.digest());
        manifest.subject().ifPresent(subject -> created.header("OCI-Subject", subject));
        return created.build();
    }

    @GET
    @Path("/{name: .+}/tags/list")
    public Response tags(@PathParam("name") String name) {
        if (repositories.manifests(Names.repository(name)).isEmpty()) {
            throw new OciException(OciException.Code.NAME_UNKNOWN, "repository '" + name + "' is not known");
        }
        var body = Json.mapper().createObjectNode().put("name", name);
        repositories.tags(name).forEach(body.putArray("tags")::add);
        return Response.ok(Json.encode(body), MediaType.APPLICATION_JSON).build();
    }

    @GET
    @Path("/{name: .+}/referrers/{digest}")
    public Response referrers(
            @PathParam("name") String name,
            @PathParam("digest") String digest,
            @QueryParam("artifactType") @Nullable String artifactType) {
        var subject = Optional.of(Names.digest(digest));
        var body = Json.mapper().createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        var list = body.putArray("manifests");
        repositories.manifests(Names.repository(name)).stream()
                .filter(manifest -> manifest.subject().equals(subject))
                .filter(manifest -> artifactType == null || artifactType.equals(manifest.artifactType()))
                .forEach(manifest -> list.addObject()
                        .put("mediaType", manifest.mediaType())
                        .put("artifactType", manifest.artifactType())
                        .put("digest", manifest.digest().value())
                        .put("size", manifest.size()));
        var answer = Response.ok(Json.encode(body), MediaTypes.OCI_INDEX);
        if (artifactType != null) {
            answer.header("OCI-Filters-Applied", "artifactType");
        }
        return answer.build();
    }
}
