package io.plumbline.cli.client;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.artifact.RecalibrationView;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** Asks the registry for recalibrations, and about them. */
public final class RecalibrationClient {

    private static final String PATH = "/api/v1/recalibrations";

    private final Http http;

    public RecalibrationClient(URI registry) {
        this(new Http("registry", registry));
    }

    /** Of a registry that may ask who one is. */
    public RecalibrationClient(Http http) {
        this.http = http;
    }

    /** Asks for one; it may be refused at once. */
    public RecalibrationView demand(RecalibrationView.Demand demand) throws ClientException {
        return http.post(PATH, demand, RecalibrationView.class);
    }

    /** With its history. */
    public RecalibrationView show(String id) throws ClientException {
        return http.get(PATH + "/" + Http.segment(id), RecalibrationView.class);
    }

    /** Newest first, without their histories. */
    public List<RecalibrationView> newest(int limit) throws ClientException {
        return List.of(http.get(PATH + "?limit=" + limit, RecalibrationView[].class));
    }

    /** Ends one that is not over. */
    public RecalibrationView cancel(String id, String by) throws ClientException {
        var request = http.request(PATH + "/" + Http.segment(id) + "?by=" + Http.segment(by));
        return http.decode(http.expectSuccess(request.DELETE().build()).body(), RecalibrationView.class);
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
        return PATH + "/" + Http.segment(id) + "/samples?by=" + Http.segment(by);
    }
}
