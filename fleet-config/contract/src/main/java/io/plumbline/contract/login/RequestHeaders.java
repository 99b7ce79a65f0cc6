package io.plumbline.contract.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the headers of a request say of who made it. */
public final class RequestHeaders {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private RequestHeaders() {}

    /** The token of an {@code Authorization} header (RFC 6750); empty if it has none. */
    public static Optional<String> token(@Nullable String authorization) {
        return behind(BEARER, authorization);
    }

    /** The token, or the password of whoever shows a name and a password (RFC 7617), as clients of OCI registries do. */
    public static Optional<String> secret(@Nullable String authorization) {
        return token(authorization).or(() -> behind(BASIC, authorization).flatMap(RequestHeaders::password));
    }

    private static Optional<String> behind(String scheme, @Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private static Optional<String> password(String pair) {
        try {
            var text = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1)).filter(password -> !password.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a page of another site made a browser ask. A browser says so, and pages cannot keep it from it.
     *
     * @param site the {@code Sec-Fetch-Site} header
     * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata, 2.5</a>
     */
    public static boolean isFromAnotherSite(@Nullable String site) {
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }
}
