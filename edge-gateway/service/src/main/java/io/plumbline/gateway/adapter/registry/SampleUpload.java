package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.gateway.core.calibration.Giving;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Hands samples to the registry over HTTP. Thread-safe. */
public final class SampleUpload implements Giving.Registry {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int REDIRECTED = 300;

    private final HttpClient http;
    private final URI registry;
    private final GatewayId gateway;

    public SampleUpload(HttpClient http, URI registry, GatewayId gateway) {
        this.http = http;
        this.registry = registry;
        this.gateway = gateway;
    }

    @Override
    public void take(String recalibration, byte[] npy) throws IOException, InterruptedException {
        var id = URLEncoder.encode(recalibration, StandardCharsets.UTF_8).replace("+", "%20");
        var request = HttpRequest.newBuilder(registry.resolve("/api/v1/recalibrations/" + id + "/samples/" + gateway))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(npy))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() < OK || answer.statusCode() >= REDIRECTED) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }
}
