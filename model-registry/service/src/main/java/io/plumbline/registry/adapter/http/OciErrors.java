package io.plumbline.registry.adapter.http;

import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.OciException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors in the form of the OCI distribution specification. */
final class OciErrors {

    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int SERVER_ERROR = 500;

    private record Body(List<One> errors) {}

    private record One(String code, String message) {}

    @ServerExceptionMapper
    Response map(OciException e) {
        return answer(e.code(), e.code().status(), String.valueOf(e.getMessage()));
    }

    /** A request that no resource has heard of is an error of the specification too, below its path. */
    @ServerExceptionMapper
    Response map(WebApplicationException e, UriInfo uri) {
        var status = e.getResponse().getStatus();
        if (!uri.getPath().startsWith("/v2") || status < BAD_REQUEST || status >= SERVER_ERROR) {
            return e.getResponse();
        }
        var code = status == METHOD_NOT_ALLOWED ? OciException.Code.UNSUPPORTED : OciException.Code.NAME_UNKNOWN;
        return answer(code, status, "the OCI distribution API has no such request: " + e.getMessage());
    }

    static Response answer(OciException.Code code, int status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.encode(new Body(List.of(new One(code.name(), message)))))
                .build();
    }
}
