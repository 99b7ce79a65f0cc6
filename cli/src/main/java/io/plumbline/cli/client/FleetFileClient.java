package io.plumbline.cli.client;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.declared.AppliedFile;
import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.declared.FleetInventory;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The control plane's fleet file: put in force, compared, read back. */
public final class FleetFileClient {

    private static final int BAD_REQUEST = 400;
    private static final int AUDIT_PAGE = 1000;
    private static final Pattern NEXT = Pattern.compile("[?&]from=([0-9]+-[0-9]+)[^>]*>; *rel=\"next\"");

    private final Http http;

    /** @param token sent as bearer token; empty for none */
    public FleetFileClient(URI fleet, Optional<String> token) {
        this.http = new Http("control plane", fleet, token);
    }

    /**
     * Puts a file in force.
     *
     * @param onto the version that must be in force, 0 for none; empty for any
     */
    public AppliedFile apply(String yaml, String author, String reason, Optional<Long> onto)
            throws ClientException, BrokenFileException {
        var request = http.request("/api/v1/fleet?author=" + Http.segment(author) + "&reason=" + Http.segment(reason))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(yaml));
        onto.ifPresent(version -> request.header("If-Match", "\"" + version + "\""));
        return http.decode(sent(request.build()).body(), AppliedFile.class);
    }

    /** What a file would change. */
    public FileDifference difference(String yaml) throws ClientException, BrokenFileException {
        var request = http.request("/api/v1/fleet/diff")
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(yaml))
                .build();
        return http.decode(sent(request).body(), FileDifference.class);
    }

    /** Newest first. */
    public List<FileVersion> versions() throws ClientException {
        return List.of(http.get("/api/v1/fleet/versions", FileVersion[].class));
    }

    /**
     * Who did what, newest first, page after page.
     *
     * @param limit the most entries; empty for all
     */
    public List<AuditEntry> audit(Optional<Integer> limit) throws ClientException {
        var all = new ArrayList<AuditEntry>();
        var from = Optional.of("");
        while (from.isPresent()) {
            var most = Math.min(AUDIT_PAGE, limit.orElse(Integer.MAX_VALUE) - all.size());
            var answer = http.get("/api/v1/audit?limit=" + most + from.get());
            var page = List.of(http.decode(answer.body(), AuditEntry[].class));
            all.addAll(page);
            var enough = page.isEmpty()
                    || limit.filter(wanted -> all.size() >= wanted).isPresent();
            from = enough
                    ? Optional.empty()
                    : answer.headers().firstValue("Link").flatMap(FleetFileClient::next);
        }
        return all;
    }

    private static Optional<String> next(String link) {
        return Optional.of(NEXT.matcher(link)).filter(Matcher::find).map(match -> "&from=" + match.group(1));
    }

    public FleetInventory inventory() throws ClientException {
        return http.get("/api/v1/fleet/inventory", FleetInventory.class);
    }

    /**
     * A file as it was applied.
     *
     * @param version empty for the one in force
     */
    public String text(Optional<Long> version) throws ClientException {
        var path = version.map(number -> "/api/v1/fleet/versions/" + number).orElse("/api/v1/fleet");
        return new String(http.get(path).body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> sent(HttpRequest request) throws ClientException, BrokenFileException {
        var answer = http.send(request);
        if (answer.statusCode() / 100 == 2) {
            return answer;
        }
        var problems =
                answer.statusCode() == BAD_REQUEST ? problems(answer.body()) : List.<BrokenFileException.Problem>of();
        if (problems.isEmpty()) {
            throw http.refusal(request, answer);
        }
        throw new BrokenFileException("the fleet file has " + problems.size() + " problems", problems);
    }

    private static List<BrokenFileException.Problem> problems(byte[] body) {
        try {
            return Json.decode(body, Refusal.class).problems().orElse(List.of());
        } catch (MalformedMessageException e) {
            return List.of();
        }
    }

    private record Refusal(Optional<List<BrokenFileException.Problem>> problems) {}
}
