package io.plumbline.registry.adapter.http;

import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.OciException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors in the form of the OCI distribution specification. */
final class OciErrors {

    private record Body(List<One> errors) {}

    private record One(String code, String message) {}

    @ServerExceptionMapper
    Response map(OciException e) {
        var body = new Body(List.of(new One(e.code().name(), String.valueOf(e.getMessage()))));
        return Response.status(e.code().status())
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.encode(body))
                .build();
    }
}
