package io.plumbline.fleet.adapter.sink;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.MutableClock;
import io.plumbline.support.LoopbackPort;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTest {

    private static final HttpPost HTTP = new HttpPost(Duration.ofSeconds(5), Duration.ofSeconds(10));

    private HookServer server;

    @BeforeEach
    void start() throws Exception {
        server = new HookServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void postsAStructuredCloudEvent() throws Exception {
        // Given
        var alert = Alerts.alert(3, AlertChange.OPENED);
        // When
        var delivery = sink(Optional.empty(), Map.of()).deliver(alert);
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        var request = server.seen().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers())
                .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
                .doesNotContainKey("webhook-signature");
        var event = new ObjectMapper().readTree(request.body());
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("id").asText()).isEqualTo(alert.id() + ".3");
        assertThat(event.get("type").asText()).isEqualTo("io.plumbline.alert.opened");
        assertThat(event.get("source").asText()).isEqualTo("/plumbline/fleet");
        assertThat(event.get("subject").asText()).isEqualTo(alert.id());
        assertThat(event.get("time").asText()).isEqualTo(T0.toString());
        assertThat(Json.decode(event.get("data").toString().getBytes(StandardCharsets.UTF_8), alert.getClass()))
                .isEqualTo(alert);
    }

    /** The example of the specification, computed with its reference library. */
    @Test
    void signsAsStandardWebhooksDo() {
        var key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookSink.signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.", body))
                .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a plain secret"})
    void signsWithASecretOfTheEnvironment(String secret) {
        // When
        var delivery = sink(Optional.of(new Secret.InEnvironment("HOOK")), Map.of("HOOK", secret))
                .deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        var request = server.seen().get(0);
        var key = secret.startsWith("whsec_")
                ? Base64.getDecoder().decode(secret.substring(6))
                : secret.getBytes(StandardCharsets.UTF_8);
        var prefix = request.headers().get("webhook-id") + "." + T0.getEpochSecond() + ".";
        assertThat(request.headers()).containsEntry("webhook-timestamp", String.valueOf(T0.getEpochSecond()));
        assertThat(request.headers())
                .containsEntry(
                        "webhook-signature",
                        "v1,"
                                + WebhookSink.signature(
                                        key, prefix, request.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsASecretFileAnewEveryTime(@TempDir Path folder) throws Exception {
        // Given
        var file = folder.resolve("secret");
        var sink = sink(Optional.of(new Secret.InFile(file.toString())), Map.of());
        // When
        var before = sink.deliver(Alerts.alert(3, AlertChange.OPENED));
        Files.writeString(file, "a secret\n");
        var after = sink.deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(before)
                .isInstanceOfSatisfying(
                        Delivery.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem()).contains(file.toString(), "cannot be read"));
        assertThat(after).isEqualTo(new Delivery.Done());
        assertThat(server.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_t0ken!"})
    void saysThatASecretIsNotBase64AndNotWhatItIs(String secret) {
        // When
        var delivery = sink(Optional.of(new Secret.InEnvironment("HOOK")), Map.of("HOOK", secret))
                .deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(delivery)
                .isEqualTo(new Delivery.Unreachable("the secret begins with whsec_ and is not Base64 after that"));
    }

    @Test
    void withoutItsSecretItTellsNobodyAndSaysWhichIsMissing() {
        // When
        var delivery = sink(Optional.of(new Secret.InEnvironment("HOOK")), Map.of())
                .deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Unreachable("environment variable HOOK is not set"));
        assertThat(server.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200,Done",
        "202,Done",
        "204,Done",
        "301,Refused",
        "400,Refused",
        "404,Refused",
        "408,Unreachable",
        "429,Unreachable",
        "500,Unreachable",
        "503,Unreachable"
    })
    void knowsFromTheAnswerWhetherOthersMayBeTaken(int status, String delivery) {
        // Given
        server.answer(status);
        // When
        var made = sink(Optional.empty(), Map.of()).deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(made.getClass().getSimpleName()).isEqualTo(delivery);
    }

    @Test
    void aProblemNamesTheServerAndItsAnswerButNotThePath() {
        // Given
        server.answer(400);
        // When
        var made = sink(Optional.empty(), Map.of()).deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(made).isEqualTo(new Delivery.Refused(server.url("").toString() + " answers 400: status 400"));
    }

    @Test
    void doesNotWaitForAServerThatHangs() {
        // Given
        server.answer(HookServer.HANG);
        var impatient = new HttpPost(Duration.ofSeconds(5), Duration.ofMillis(200));
        // When
        var made = new WebhookSink(
                        new SinkTarget.Webhook(server.url("/hook/t0ken"), Optional.empty()),
                        impatient,
                        new Secrets(Map.<String, String>of()::get),
                        new MutableClock(T0))
                .deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(made)
                .isInstanceOfSatisfying(
                        Delivery.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem())
                                .contains("no whole answer within PT0.2S")
                                .doesNotContain("t0ken"));
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        // Given
        var url = URI.create("http://" + LoopbackPort.free().authority() + "/hook");
        // When
        var made = new WebhookSink(
                        new SinkTarget.Webhook(url, Optional.empty()),
                        HTTP,
                        new Secrets(Map.<String, String>of()::get),
                        new MutableClock(T0))
                .deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(made).isInstanceOf(Delivery.Unreachable.class);
    }

    private WebhookSink sink(Optional<Secret> secret, Map<String, String> environment) {
        return new WebhookSink(
                new SinkTarget.Webhook(server.url("/hook/t0ken"), secret),
                HTTP,
                new Secrets(environment::get),
                new MutableClock(T0));
    }
}
