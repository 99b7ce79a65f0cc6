package io.plumbline.registry.adapter.http;

import io.plumbline.contract.id.Digest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.File;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.FilePart;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a file that never changes: whole, a part of it, or the word that the client has it already. The file goes from
 * disk to network without passing through this process's memory.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, 13 and 14: conditions and ranges</a>
 */
final class FileAnswer {

    static final String DIGEST = "Docker-Content-Digest";

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private FileAnswer() {}

    /** @param last is within the file */
    private record Part(long first, long last) {}

    static Response head(File file, Digest digest) {
        return described(Response.ok(), digest)
                .header("Content-Length", file.length())
                .build();
    }

    static Response get(File file, Digest digest, HttpHeaders headers) {
        if (isKnown(digest, headers.getHeaderString("If-None-Match"))) {
            return notModified(digest);
        }
        var range = RANGE.matcher(wanted(digest, headers));
        if (!range.matches() || !isSensible(range.group(1), range.group(2))) {
            return described(Response.ok(file), digest).build();
        }
        var size = file.length();
        return described(
                        part(size, range.group(1), range.group(2))
                                .map(part -> partial(file, part))
                                .orElseGet(() -> Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                                        .header("Content-Range", "bytes */" + size)),
                        digest)
                .build();
    }

    static Response notModified(Digest digest) {
        return Response.notModified().tag(digest.value()).header(DIGEST, digest).build();
    }

    /** Whether the client has it, by what it says in If-None-Match. */
    static boolean isKnown(Digest digest, @Nullable String tags) {
        return tags != null && (tags.strip().equals("*") || tags.contains("\"" + digest + "\""));
    }

    /** The range, unless it was asked for under the condition that the content is another. */
    private static String wanted(Digest digest, HttpHeaders headers) {
        var condition = headers.getHeaderString("If-Range");
        var isOther = condition != null && !condition.strip().equals("\"" + digest + "\"");
        return isOther
                ? ""
                : Optional.ofNullable(headers.getHeaderString("Range")).orElse("");
    }

    /** What is not is to be passed over, and several ranges may be. */
    private static boolean isSensible(String first, String last) {
        if (first.isEmpty()) {
            return !last.isEmpty();
        }
        return last.isEmpty() || Long.parseLong(first) <= Long.parseLong(last);
    }

    /** Empty if the file has nothing of it. */
    private static Optional<Part> part(long size, String first, String last) {
        var from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        var to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        return from > to ? Optional.empty() : Optional.of(new Part(from, to));
    }

    private static Response.ResponseBuilder partial(File file, Part part) {
        return Response.status(Response.Status.PARTIAL_CONTENT)
                .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + file.length())
                .entity(new FilePart(file, part.first(), part.last() - part.first() + 1));
    }

    private static Response.ResponseBuilder described(Response.ResponseBuilder answer, Digest digest) {
        return answer.type(MediaType.APPLICATION_OCTET_STREAM)
                .header("Accept-Ranges", "bytes")
                .header(DIGEST, digest)
                .tag(digest.value());
    }
}
