package io.plumbline.fleet.adapter.http;

import io.plumbline.fleet.core.enrolment.Member;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bearer tokens (RFC 6750). */
final class Bearer {

    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /** The token of an {@code Authorization} header; empty if it has none. */
    static Optional<String> token(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    /** Who came by invitation shows a secret; who is named in the fleet file is believed. */
    static boolean isOf(Optional<Member> member, @Nullable String authorization) {
        return member.isEmpty()
                || token(authorization).filter(member.get()::knows).isPresent();
    }

    /** 401 with one sentence. */
    static Response refused(String why) {
        return Response.fromResponse(Problem.of(401, why))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }
}
