package io.plumbline.benchmarks.recalibration;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.quantizer.vision.Camera;
import io.plumbline.support.Leaks;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** FastestDet in an aisle whose owner lets operators see what its camera sees. */
public final class ShownCamera {

    private static final SiteId AISLE = new SiteId("aisle");
    private static final String FLEET = """
            sites:
              aisle: {gateways: [gw-aisle], devices: [cam-aisle]}
            models:
              fastestdet: {build: "%s"}
            streams:
              cameras: {topic: "sites/{site}/cameras/{device}/frame", model: fastestdet, shadowShare: 0, glimpses: {every: PT1S, pixels: 320}}
            rollout: {}
            """;
    private static final Pattern PICTURE = Pattern.compile("src=\"(/live/glimpses/cameras/cam-aisle\\?event=[^\"]+)\"");

    private ShownCamera() {}

    /**
     * What an operator saw.
     *
     * @param page HTML of the console's page Live
     * @param picture what the page shows of the camera, as it was served
     * @param sealed of what left the gateway
     */
    public record Seen(String page, HttpPicture picture, Sealed sealed) {}

    /** A picture and how it may be kept. */
    public record HttpPicture(Optional<String> type, Optional<String> kept, long bytes) {}

    /** @param data the shared files */
    public static Seen play(Path data, Path folder) throws Exception {
        var leaks = new Leaks();
        try (var estate = Estate.start(folder, leaks, Map.of())) {
            var build = estate.push(NightCamera.version(Camera.of("fastestdet.yaml"), data));
            estate.apply(FLEET.formatted(build.value()));
            estate.startGateway(new GatewayId("gw-aisle"), AISLE);
            var frames = NightCamera.show(data.resolve("camera/store_aisle"), AISLE, estate, leaks);
            estate.awaitResults(frames);
            var page = estate.await(
                    "a person that both models found",
                    () -> Optional.of(get(estate, "/live?stream=cameras"))
                            .filter(text -> text.contains("class=\"int8\" x=") && text.contains("class=\"fp32\" x=")));
            var picture = picture(estate, page);
            estate.drain();
            return new Seen(page, picture, Sealed.of(leaks));
        }
    }

    private static HttpPicture picture(Estate estate, String page) throws Exception {
        var found = PICTURE.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("the page shows no picture: " + page);
        }
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(estate.console().resolve(found.group(1)))
                                .build(),
                        BodyHandlers.ofByteArray());
        return new HttpPicture(
                answer.headers().firstValue("Content-Type"),
                answer.headers().firstValue("Cache-Control"),
                answer.body().length);
    }

    private static String get(Estate estate, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(estate.console().resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }
}
