package io.plumbline.registry.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.adapter.disk.Uploads;
import io.plumbline.registry.core.oci.Chunk;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.Repositories;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads of blobs, whole or in chunks, and mounts: end-4 to end-6, end-11 and end-13.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution 1.1</a>
 */
@Path("/v2")
@Blocking
public final class UploadResource {

    private final Repositories repositories;
    private final Uploads uploads;

    UploadResource(Repositories repositories, Uploads uploads) {
        this.repositories = repositories;
        this.uploads = uploads;
    }

    /** Of where a blob is to be mounted from nothing needs to be known, since all repositories share their blobs. */
    @POST
    @Path("/{name: .+}/blobs/uploads{slash: /?}")
    @Consumes(MediaType.WILDCARD)
    public Response begin(
            @PathParam("name") String name,
            @QueryParam("digest") @Nullable String whole,
            @QueryParam("mount") @Nullable String mount,
            @Context HttpHeaders headers,
            InputStream content) {
        Names.repository(name);
        if (mount != null && repositories.hasBlob(Names.digest(mount))) {
            return created(name, Names.digest(mount));
        }
        if (whole != null) {
            var digest = Names.digest(whole);
            return stored(name, uploads.begin(), digest, chunk(content, headers));
        }
        var id = uploads.begin();
        return accepted(name, id, uploads.append(id, chunk(content, headers)));
    }

    @PATCH
    @Path("/{name: .+}/blobs/uploads/{id}")
    @Consumes(MediaType.WILDCARD)
    public Response append(
            @PathParam("name") String name,
            @PathParam("id") String id,
            @Context HttpHeaders headers,
            InputStream content) {
        return accepted(Names.repository(name), id, uploads.append(id, chunk(content, headers)));
    }

    @GET
    @Path("/{name: .+}/blobs/uploads/{id}")
    public Response progress(@PathParam("name") String name, @PathParam("id") String id) {
        return upload(Names.repository(name), id, uploads.size(id))
                .status(Response.Status.NO_CONTENT)
                .build();
    }

    @PUT
    @Path("/{name: .+}/blobs/uploads/{id}")
    @Consumes(MediaType.WILDCARD)
    public Response finish(
            @PathParam("name") String name,
            @PathParam("id") String id,
            @QueryParam("digest") @Nullable String digest,
            @Context HttpHeaders headers,
            InputStream content) {
        Names.repository(name);
        return stored(name, id, Names.digest(digest == null ? "" : digest), chunk(content, headers));
    }

    /** Not in the specification, but clients that give up say so. */
    @DELETE
    @Path("/{name: .+}/blobs/uploads/{id}")
    public Response cancel(@PathParam("name") String name, @PathParam("id") String id) {
        Names.repository(name);
        uploads.cancel(id);
        return Response.noContent().build();
    }

    private static Chunk chunk(InputStream content, HttpHeaders headers) {
        return Chunk.of(content, headers.getHeaderString("Content-Length"), headers.getHeaderString("Content-Range"));
    }

    private Response stored(String name, String id, Digest digest, Chunk last) {
        uploads.finish(id, last, file -> repositories.putBlob(digest, file));
        return created(name, digest);
    }

    private static Response created(String name, Digest digest) {
        return Response.status(Response.Status.CREATED)
                .header("Location", "/v2/" + name + "/blobs/" + digest)
                .header(FileAnswer.DIGEST, digest)
                .build();
    }

    private static Response accepted(String name, String id, long size) {
        return upload(name, id, size).status(Response.Status.ACCEPTED).build();
    }

    private static Response.ResponseBuilder upload(String name, String id, long size) {
        return Response.ok()
                .header("Location", "/v2/" + name + "/blobs/uploads/" + id)
                .header("Range", "0-" + Math.max(0, size - 1))
                .header("Docker-Upload-UUID", id);
    }
}
