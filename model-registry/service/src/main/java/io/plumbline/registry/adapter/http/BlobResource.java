package io.plumbline.registry.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.adapter.disk.Uploads;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.FilePart;
import org.jspecify.annotations.Nullable;

/**
 * Blobs and their uploads.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution 1.1</a>
 */
@Path("/v2")
@Blocking
public final class BlobResource {

    private static final String DIGEST = "Docker-Content-Digest";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

    private final Repositories repositories;
    private final Uploads uploads;

    BlobResource(Repositories repositories, Uploads uploads) {
        this.repositories = repositories;
        this.uploads = uploads;
    }

    @HEAD
    @Path("/{name: .+}/blobs/{digest}")
    public Response head(@PathParam("name") String name, @PathParam("digest") String text) {
        Names.repository(name);
        var digest = Names.digest(text);
        return Response.ok()
                .type(MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Length", file(digest).length())
                .header("Accept-Ranges", "bytes")
                .header(DIGEST, digest)
                .build();
    }

    @GET
    @Path("/{name: .+}/blobs/{digest}")
    public Response get(
            @PathParam("name") String name,
            @PathParam("digest") String text,
            @HeaderParam("Range") @Nullable String range) {
        Names.repository(name);
        var digest = Names.digest(text);
        var file = file(digest);
        var part = RANGE.matcher(range == null ? "" : range);
        var answer = part.matches() ? partial(file, part.group(1), part.group(2)) : Response.ok(file);
        return answer.type(MediaType.APPLICATION_OCTET_STREAM)
                .header("Accept-Ranges", "bytes")
                .header(DIGEST, digest)
                .tag(digest.value())
                .build();
    }

    private File file(Digest digest) {
        return repositories
                .file(digest)
                .map(java.nio.file.Path::toFile)
                .orElseThrow(() ->
                        new OciException(OciException.Code.BLOB_UNKNOWN, "blob " + digest + " is not in the registry"));
    }

    private static Response.ResponseBuilder partial(File file, String first, String last) {
        var size = file.length();
        var from = Long.parseLong(first);
        var to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (from > to) {
            return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + size);
        }
        return Response.status(Response.Status.PARTIAL_CONTENT)
                .header("Content-Range", "bytes " + from + "-" + to + "/" + size)
                .entity(new FilePart(file, from, to - from + 1));
    }

    @POST
    @Path("/{name: .+}/blobs/uploads{slash: /?}")
    @Consumes(MediaType.WILDCARD)
    public Response begin(
            @PathParam("name") String name, @QueryParam("digest") @Nullable String digest, InputStream content) {
        Names.repository(name);
        if (digest != null) {
            Names.digest(digest);
        }
        var id = uploads.begin();
        var size = uploads.append(id, content);
        return digest == null ? accepted(name, id, size) : stored(name, id, digest);
    }

    @PATCH
    @Path("/{name: .+}/blobs/uploads/{id}")
    @Consumes(MediaType.WILDCARD)
    public Response append(@PathParam("name") String name, @PathParam("id") String id, InputStream content) {
        return accepted(Names.repository(name), id, uploads.append(id, content));
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
            InputStream content) {
        Names.repository(name);
        uploads.append(id, content);
        return stored(name, id, digest == null ? "" : digest);
    }

    private Response stored(String name, String id, String text) {
        var digest = Names.digest(text);
        repositories.putBlob(digest, uploads.finish(id));
        return Response.created(location(name, digest)).header(DIGEST, digest).build();
    }

    private static URI location(String name, Digest digest) {
        return URI.create("/v2/" + name + "/blobs/" + digest);
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
