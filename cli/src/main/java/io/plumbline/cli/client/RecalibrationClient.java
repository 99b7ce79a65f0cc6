package io.plumbline.cli.client;

import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks the registry for recalibrations, and about them. */
public final class RecalibrationClient {

    private static final String PATH = "/api/v1/recalibrations";

    private final Http http;

    public RecalibrationClient(URI registry) {
        this.http = new Http("registry", registry);
    }

    /** Asks for one; it may be refused at once. */
    public RecalibrationView demand(RecalibrationView.Demand demand) throws ClientException {
        var request = http.request(PATH)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.encode(demand)))
                .build();
        return decode(http.expectSuccess(request), RecalibrationView.class);
    }

    /** With its history. */
    public RecalibrationView show(String id) throws ClientException {
        return decode(http.expectSuccess(http.request(PATH + "/" + segment(id)).build()), RecalibrationView.class);
    }

    /** Newest first, without their histories. */
    public List<RecalibrationView> newest(int limit) throws ClientException {
        var answer = http.expectSuccess(http.request(PATH + "?limit=" + limit).build());
        return List.of(decode(answer, RecalibrationView[].class));
    }

    /** Ends one that is not over. */
    public RecalibrationView cancel(String id, String by) throws ClientException {
        var path = PATH + "/" + segment(id) + "?by=" + segment(by);
        return decode(http.expectSuccess(http.request(path).DELETE().build()), RecalibrationView.class);
    }

    /** Asks the gateways for samples of the streams whose owners allow it. */
    public void askSamples(String id, String by) throws ClientException {
        http.expectSuccess(
                http.request(samples(id, by)).POST(BodyPublishers.noBody()).build());
    }

    /** Deletes all samples of one. */
    public void deleteSamples(String id, String by) throws ClientException {
        http.expectSuccess(http.request(samples(id, by)).DELETE().build());
    }

    private static String samples(String id, String by) {
        return PATH + "/" + segment(id) + "/samples?by=" + segment(by);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> T decode(HttpResponse<byte[]> answer, Class<T> type) throws ClientException {
        try {
            return Json.decode(answer.body(), type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the registry's answer is not understood: " + e.getMessage(), e);
        }
    }
}
