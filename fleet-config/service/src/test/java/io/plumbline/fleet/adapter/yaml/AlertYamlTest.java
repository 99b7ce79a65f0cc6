package io.plumbline.fleet.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import io.plumbline.fleet.testing.Fleets;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertYamlTest {

    private static final String FLEET = Fleets.yaml(Fleets.BASELINE);

    @Test
    void aFileThatSaysNothingHasTheUsualAndNoSinks() {
        assertThat(Fleets.parse(FLEET).alerts()).isEqualTo(AlertSpec.USUAL);
        assertThat(Fleets.parse(FLEET + "alerts: {}\n").alerts()).isEqualTo(AlertSpec.USUAL);
    }

    @Test
    void readsWhenAndWhereAlertsAreTold() {
        // When
        var spec = Fleets.parse(FLEET + """
                alerts:
                  page: https://plumbline.example/
                  repeat: PT1H
                  sinks:
                    ops: {webhook: {url: "https://hooks.example/in", secret: {file: /run/secrets/hook}}}
                    south: {webhook: {url: "http://a:1"}, minSeverity: critical, models: [climate-event], sites: [south]}
                """).alerts();
        // Then
        assertThat(spec.policy().page()).contains(URI.create("https://plumbline.example/"));
        assertThat(spec.policy().repeat()).isEqualTo(Duration.ofHours(1));
        assertThat(spec.policy().settle()).isEqualTo(AlertPolicy.USUAL.settle());
        assertThat(spec.sinks()).extracting(one -> one.name()).containsExactly("ops", "south");
        assertThat(spec.sinks().get(0).target())
                .isEqualTo(new SinkTarget.Webhook(
                        URI.create("https://hooks.example/in"), Optional.of(new Secret.InFile("/run/secrets/hook"))));
        var south = spec.sinks().get(1);
        assertThat(south.minSeverity()).isEqualTo(AlertSeverity.CRITICAL);
        assertThat(south.models()).containsExactly(Fleets.MODEL);
        assertThat(south.sites()).containsExactly(Fleets.SOUTH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{webhook: {url: \"http://a\"}, minSeverity: high}|alerts.sinks.ops.minSeverity|'high' is not a severity; there are: critical, info, warning",
                "{webhook: {url: \"http://a\"}, sites: [suoth]}|alerts.sinks.ops.sites[0]|'suoth' is not a site of this file; did you mean 'south'?",
                "{webhook: {url: \"http://a\"}, models: [other]}|alerts.sinks.ops.models[0]|'other' is not a model of this file; there are: climate-event",
                "{minSeverity: info}|alerts.sinks.ops|must have one of",
                "{webhook: {}}|alerts.sinks.ops.webhook|'url' is missing",
                "{webhook: {url: \"http://a b\"}}|alerts.sinks.ops.webhook.url|must be a URL",
                "{webhook: {url: \"http://me:secret@a\"}}|alerts.sinks.ops.webhook.url|must not hold a user or password",
                "{webhook: {url: \"http://a\", secret: hunter2}}|alerts.sinks.ops.webhook.secret|must not be written here",
                "{webhook: {url: \"http://a\"}, mqtt: {url: \"tcp://a:1\"}}|alerts.sinks.ops|must have one of webhook, alertmanager, mqtt, mail, not webhook and mqtt",
                "{mqtt: {url: \"tcp://a\"}}|alerts.sinks.ops.mqtt|must look like tcp://host:1883",
                "{mqtt: {url: \"tcp://a:1\", user: me}}|alerts.sinks.ops.mqtt.user|user and password must both be there",
                "{mail: {host: a, from: a@b, to: [nobody]}}|alerts.sinks.ops.mail.to|to 'nobody' must be an address like ops@example.com",
                "{mail: {host: a, security: none, user: me, password: {env: P}, from: a@b, to: [c@d]}}|alerts.sinks.ops.mail|the password could be read on the way",
                "{webhok: {url: \"http://a\"}}|alerts.sinks.ops|did you mean 'webhook'?"
            })
    void namesWhatIsWrongWithASink(String sink, String path, String message) {
        // When
        var refusal = catchThrowableOfType(
                InvalidFleetException.class,
                () -> FleetYaml.parse(FLEET + "alerts:\n  sinks:\n    ops: " + sink + "\n"));
        // Then
        assertThat(refusal.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.line()).isEqualTo(11);
            assertThat(problem.message()).contains(message).doesNotContain("hunter2", "me:secret");
        });
    }

    @Test
    void readsTheExample() throws Exception {
        // Given
        var example = Path.of(System.getProperty("plumbline.root"), "docs/examples/alerts.yaml");
        // When
        var spec = Fleets.parse(FLEET + Files.readString(example)).alerts();
        // Then
        assertThat(spec.sinks())
                .extracting(one -> one.target().getClass().getSimpleName())
                .containsExactly("Webhook", "Alertmanager", "MqttTarget", "MailTarget");
    }

    @Test
    void namesEveryBrokenSink() {
        // When
        var refusal = catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(FLEET + """
                        alerts:
                          sinks:
                            a: {}
                            b: {webhook: {url: "http://a"}}
                            c: {webhook: {url: "ftp://a"}}
                        """));
        // Then
        assertThat(refusal.problems())
                .extracting(problem -> problem.path())
                .containsExactly("alerts.sinks.a", "alerts.sinks.c.webhook.url");
    }

    @Test
    void theTopicIsNotASinkOfTheFile() {
        // When
        var refusal = catchThrowableOfType(
                InvalidFleetException.class,
                () -> FleetYaml.parse(FLEET + "alerts:\n  sinks:\n    kafka: {webhook: {url: \"http://a\"}}\n"));
        // Then
        assertThat(refusal.problems().get(0).message()).contains("is always there");
    }
}
