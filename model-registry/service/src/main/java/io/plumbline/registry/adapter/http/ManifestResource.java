package io.plumbline.registry.adapter.http;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.registry.adapter.kafka.Workshop;
import io.plumbline.registry.core.admission.Admission;
import io.plumbline.registry.core.build.Version;
import io.plumbline.registry.core.oci.Chunk;
import io.plumbline.registry.core.oci.Keeper;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Manifests, by tag and by digest: end-1, end-3, end-7 and end-9.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution 1.1</a>
 */
@Path("/v2")
@Blocking
public final class ManifestResource {

    /** What registries are to take at least, by the specification; no manifest of a model comes near it. */
    private static final int LARGEST = 4 << 20;

    private final Repositories repositories;
    private final Keeper keeper;
    private final Admission admission;
    private final Workshop workshop;

    ManifestResource(Repositories repositories, Keeper keeper, Admission admission, Workshop workshop) {
        this.repositories = repositories;
        this.keeper = keeper;
        this.admission = admission;
        this.workshop = workshop;
    }

    @GET
    @Path("/")
    public Response version() {
        return Response.ok("{}", MediaType.APPLICATION_JSON)
                .header("Docker-Distribution-API-Version", "registry/2.0")
                .build();
    }

    @HEAD
    @Path("/{name: .+}/manifests/{reference}")
    public Response head(@PathParam("name") String name, @PathParam("reference") String reference) {
        var manifest = found(name, reference);
        return described(Response.ok(), manifest)
                .header("Content-Length", manifest.size())
                .build();
    }

    private Manifest found(String name, String reference) {
        return repositories
                .find(Names.repository(name), Names.reference(reference))
                .orElseThrow(() -> OciException.manifestUnknown(name, reference));
    }

    @GET
    @Path("/{name: .+}/manifests/{reference}")
    public Response get(
            @PathParam("name") String name,
            @PathParam("reference") String reference,
            @HeaderParam("If-None-Match") @Nullable String known) {
        var stored = repositories
                .manifest(Names.repository(name), Names.reference(reference))
                .orElseThrow(() -> OciException.manifestUnknown(name, reference));
        var digest = stored.manifest().digest();
        return FileAnswer.isKnown(digest, known)
                ? FileAnswer.notModified(digest)
                : described(Response.ok(stored.content()), stored.manifest()).build();
    }

    private static Response.ResponseBuilder described(Response.ResponseBuilder answer, Manifest manifest) {
        return answer.type(manifest.mediaType())
                .header(FileAnswer.DIGEST, manifest.digest())
                .tag(manifest.digest().value());
    }

    @PUT
    @Path("/{name: .+}/manifests/{reference}")
    @Consumes(MediaType.WILDCARD)
    public Response put(
            @PathParam("name") String name,
            @PathParam("reference") String reference,
            @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        var content = read(body, headers);
        var checked = admission.check(name, reference, content);
        requireSame(headers.getHeaderString("Content-Type"), checked.mediaType());
        var manifest = repositories.putManifest(name, reference, content);
        if (manifest.artifactType().equals(MediaTypes.VERSION)) {
            workshop.pushed(new Version.Pushed(name, manifest));
        }
        var created = Response.status(Response.Status.CREATED)
                .header("Location", "/v2/" + name + "/manifests/" + manifest.digest())
                .header(FileAnswer.DIGEST, manifest.digest());
        manifest.subject().ifPresent(subject -> created.header("OCI-Subject", subject));
        return created.build();
    }

    /** What announces too much is not waited for. */
    private static byte[] read(InputStream body, HttpHeaders headers) throws IOException {
        var announced =
                Chunk.of(body, headers.getHeaderString("Content-Length"), null).length();
        var isTooLarge = announced.orElse(0) > LARGEST;
        var content = isTooLarge ? new byte[0] : body.readNBytes(LARGEST + 1);
        if (isTooLarge || content.length > LARGEST) {
            throw new OciException(OciException.Code.SIZE_INVALID, "a manifest may have at most " + LARGEST + " bytes");
        }
        return content;
    }

    /** A content type that says nothing of manifests, such as that of tools for any upload, contradicts none. */
    private static void requireSame(@Nullable String contentType, String mediaType) {
        var said = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if ((said.startsWith("application/vnd.oci.image.") || said.startsWith("application/vnd.docker."))
                && !said.equals(mediaType)) {
            throw new OciException(
                    OciException.Code.MANIFEST_INVALID,
                    "the manifest's media type is '" + mediaType + "', and its Content-Type '" + said + "'");
        }
    }

    /** A tag goes, and its manifest stays; what is deleted by digest goes with its tags and signatures. */
    @DELETE
    @Path("/{name: .+}/manifests/{reference}")
    public Response delete(@PathParam("name") String name, @PathParam("reference") String reference) {
        var manifest = found(name, reference);
        if (Digest.isValid(reference)) {
            keeper.objection(name, manifest).ifPresent(because -> {
                throw new OciException(OciException.Code.DENIED, because);
            });
        }
        repositories.deleteManifest(name, reference);
        return Response.accepted().build();
    }
}
