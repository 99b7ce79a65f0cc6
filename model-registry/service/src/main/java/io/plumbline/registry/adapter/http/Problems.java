package io.plumbline.registry.adapter.http;

import io.plumbline.contract.wire.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** How the registry's own API, which is not that of OCI, says what is wrong: {@code {"error": "..."}}. */
final class Problems {

    private Problems() {}

    private record Problem(String error) {}

    static Response answer(int status, String error) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.encode(new Problem(error)))
                .build();
    }

    static Response answer(int status, Exception because) {
        return answer(status, String.valueOf(because.getMessage()));
    }
}
