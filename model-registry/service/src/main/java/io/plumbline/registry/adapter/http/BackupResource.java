package io.plumbline.registry.adapter.http;

import io.plumbline.registry.adapter.disk.LayoutArchive;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Everything that was pushed, as one file, while the registry goes on. The signing key is not in it. */
@Path("/api/v1/backup")
@Blocking
public final class BackupResource {

    private final LayoutArchive archive;

    BackupResource(LayoutArchive archive) {
        this.archive = archive;
    }

    @GET
    public Response backup() {
        StreamingOutput content = archive::write;
        return Response.ok(content, "application/x-tar")
                .header("Content-Disposition", "attachment; filename=\"registry.tar\"")
                .build();
    }
}
