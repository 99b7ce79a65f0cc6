package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.login.RequestHeaders;
import io.plumbline.fleet.core.enrolment.Member;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bearer tokens (RFC 6750). */
final class Bearer {

    private Bearer() {}

    /** Who came by invitation shows a secret; who is named in the fleet file is believed. */
    static boolean isOf(Optional<Member> member, @Nullable String authorization) {
        return member.isEmpty()
                || RequestHeaders.token(authorization)
                        .filter(member.get()::knows)
                        .isPresent();
    }

    /** 401 with one sentence. */
    static Response refused(String why) {
        return Response.fromResponse(Problem.of(401, why))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }
}
