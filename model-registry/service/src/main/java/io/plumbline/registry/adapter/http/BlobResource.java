package io.plumbline.registry.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.File;

/**
 * Blobs, which all repositories share: end-2 and end-10.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution 1.1</a>
 */
@Path("/v2")
@Blocking
public final class BlobResource {

    private final Repositories repositories;

    BlobResource(Repositories repositories) {
        this.repositories = repositories;
    }

    /** A client that learns that a blob is there does not send it: so it has to stay until the manifest comes. */
    @HEAD
    @Path("/{name: .+}/blobs/{digest}")
    public Response head(@PathParam("name") String name, @PathParam("digest") String text) {
        Names.repository(name);
        var digest = Names.digest(text);
        repositories.hasBlob(digest);
        return FileAnswer.head(file(digest), digest);
    }

    @GET
    @Path("/{name: .+}/blobs/{digest}")
    public Response get(
            @PathParam("name") String name, @PathParam("digest") String text, @Context HttpHeaders headers) {
        Names.repository(name);
        var digest = Names.digest(text);
        return FileAnswer.get(file(digest), digest, headers);
    }

    @DELETE
    @Path("/{name: .+}/blobs/{digest}")
    public Response delete(@PathParam("name") String name, @PathParam("digest") String text) {
        Names.repository(name);
        repositories.deleteBlob(Names.digest(text));
        return Response.accepted().build();
    }

    private File file(Digest digest) {
        return repositories
                .file(digest)
                .map(java.nio.file.Path::toFile)
                .orElseThrow(() ->
                        new OciException(OciException.Code.BLOB_UNKNOWN, "blob " + digest + " is not in the registry"));
    }
}
