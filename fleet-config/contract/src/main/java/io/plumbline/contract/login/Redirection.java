package io.plumbline.contract.login;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an answer leads: registries keep blobs elsewhere, and lists in pages. What is shown to one server is not shown to another, and
 * what began over TLS does not go on without it.
 */
public final class Redirection {

    /** So many in a row are followed. */
    public static final int MOST = 5;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\\b");

    private Redirection() {}

    /**
     * What to ask next, with the same headers; without {@code Authorization} where another server is asked.
     *
     * @return empty if this is the answer
     * @throws LoginException if it leads to an open line, or nowhere
     */
    public static Optional<HttpRequest> after(HttpRequest request, HttpResponse<?> answer) throws LoginException {
        var location = answer.headers().firstValue("Location");
        if (!STATUSES.contains(answer.statusCode()) || !READING.contains(request.method()) || location.isEmpty()) {
            return Optional.empty();
        }
        var target = target(answer, location.get());
        try {
            return Optional.of(HttpRequest.newBuilder(
                            request,
                            (field, value) ->
                                    isSameServer(request.uri(), target) || !field.equalsIgnoreCase("Authorization"))
                    .uri(target)
                    .build());
        } catch (IllegalArgumentException e) {
            throw nowhere(location.get(), e);
        }
    }

    /** Where the next page of a list is (RFC 8288); empty on the last. */
    public static Optional<URI> nextPage(HttpResponse<?> answer) throws LoginException {
        for (var link : answer.headers().allValues("Link")) {
            var next = NEXT.matcher(link);
            if (next.find()) {
                return Optional.of(target(answer, next.group(1)));
            }
        }
        return Optional.empty();
    }

    /**
     * Where an answer points to.
     *
     * @param location absolute or relative to what was asked
     * @throws LoginException if that would leave TLS, or is no address
     */
    public static URI target(HttpResponse<?> answer, String location) throws LoginException {
        try {
            var target = answer.uri().resolve(location);
            if (!"https".equals(answer.uri().getScheme()) || "https".equals(target.getScheme())) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw nowhere(location, e);
        }
        throw new LoginException("points to " + location + ", which is not safe as it is itself: https was left");
    }

    /** Whether both have the same scheme, host and port. */
    public static boolean isSameServer(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && Objects.equals(one.getAuthority(), other.getAuthority());
    }

    private static LoginException nowhere(String location, IllegalArgumentException cause) {
        return new LoginException("points to '" + location + "', which is no address", cause);
    }
}
