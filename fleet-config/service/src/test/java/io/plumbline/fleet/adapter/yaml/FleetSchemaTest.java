package io.plumbline.fleet.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.testing.Fleets;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema is what editors check while somebody types; it must never disagree with the reader. */
class FleetSchemaTest {

    private static final String GOOD = Fleets.yaml(Fleets.BASELINE);

    private static final String NESTED = "payload: {codec: cbor, time: {at: /ts, unit: s}, seq: /n, "
            + "fields: {humidity: {at: /data/0/rh, scale: 0.1, offset: -1}}}";
    private static final String COLUMNS = "payload: {codec: csv, time: 0, seq: 1, fields: {humidity: 2}}";

    private static final String SPARKPLUG = GOOD.replace(
                    "statsWindow: PT5M",
                    "payload: {codec: sparkplug, fields: {humidity: Environment/RH, temperature: {at: T, scale: 0.1}}}")
            .replace("sites/{site}/motes/{device}/climate", "spBv1.0/{site}/DDATA/{edge}/{device}");

    private static final String ALERTS = GOOD + """
            alerts:
              page: https://plumbline.example/
              settle: PT5S
              sinks:
                ops: {webhook: {url: "https://hooks.example/in?a=b", secret: {env: HOOK}}, minSeverity: warning}
                pager: {alertmanager: {url: "http://alertmanager:9093/am", token: {file: /run/am}}}
                bus: {mqtt: {url: "ssl://broker:8883", topic: a/b, user: fleet, password: {env: MQTT}}}
                team: {mail: {host: mail.example, port: 2525, security: tls, user: me, password: {env: SMTP}, from: a@b, to: [c@d]}}
                south: {webhook: {url: "http://127.0.0.1:8080"}, models: [climate-event], sites: [south]}
            """;

    @Test
    void acceptsWhereAlertsAreTold() throws Exception {
        assertThat(violations(ALERTS)).isEmpty();
        assertThat(FleetYaml.parse(ALERTS).alerts().sinks()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page: https|page: ftp",
                "settle: PT5S|settle: 5s",
                "settle: PT5S|settled: PT5S",
                "    ops: |    Ops: ",
                "    ops: |    kafka: ",
                "minSeverity: warning|minSeverity: WARNING",
                "webhook: {url: \"https://hooks.example/in?a=b\", secret: {env: HOOK}}, |",
                "https://hooks|ftp://hooks",
                "https://hooks|https://me:pass@hooks",
                "secret: {env: HOOK}|secret: hunter2",
                "secret: {env: HOOK}|secret: {}",
                "secret: {env: HOOK}|secret: {env: HOOK, file: /a}",
                "secret: {env: HOOK}|secret: {file: a}",
                "secret: {env: HOOK}|secret: {env: A-B}",
                "http://alertmanager:9093/am|http://alertmanager:9093/am?a=b",
                "token: {file: /run/am}|token: t0ken",
                "ssl://broker:8883|http://broker:8883",
                "ssl://broker:8883|ssl://broker",
                "ssl://broker:8883|ssl://me@broker:8883",
                "topic: a/b|topic: a/+",
                "topic: a/b|topic: /a",
                "user: fleet, |",
                ", password: {env: MQTT}|",
                "port: 2525|port: 0",
                "port: 2525|port: 70000",
                "security: tls|security: ssl",
                "security: tls|security: none",
                "to: [c@d]|to: []",
                "to: [c@d]|to: [c]",
                "from: a@b|from: a b@c",
                "host: mail.example, |",
                "models: [climate-event]|models: climate-event"
            })
    void refusesAlertsThatTheReaderRefuses(String find, String replacement) throws IOException {
        // Given
        assertThat(ALERTS).contains(find);
        var file = ALERTS.replace(find, replacement == null ? "" : replacement);
        // Then
        assertThatThrownBy(() -> FleetYaml.parse(file)).isInstanceOf(InvalidFleetException.class);
        assertThat(violations(file)).isNotEmpty();
    }

    @Test
    void acceptsWhatTheReaderAccepts() throws IOException {
        assertThat(violations(GOOD)).isEmpty();
        assertThat(violations(GOOD.replaceAll("rollout: .*", "rollout: {canary: gw-north}")))
                .isEmpty();
        assertThat(violations(GOOD.replace("PT5M", "PT2H3M"))).isEmpty();
        assertThat(violations(GOOD.replace("statsWindow: PT5M", "frames: latest")))
                .isEmpty();
        assertThat(violations(GOOD.replace("statsWindow: PT5M", NESTED))).isEmpty();
        assertThat(violations(GOOD.replace(
                        "statsWindow: PT5M",
                        "sources: {north-1: {directory: /a, delete: true}, south-1: {mjpeg: \"https://a:1/b@c\"}}")))
                .isEmpty();
        assertThat(violations(GOOD.replace("statsWindow: PT5M", "stride: 4, lateness: PT30S")))
                .isEmpty();
        assertThat(violations(GOOD.replace("statsWindow: PT5M", "qos: 0, share: gateways")))
                .isEmpty();
        assertThat(violations(GOOD.replace("statsWindow: PT5M", COLUMNS))).isEmpty();
        assertThat(violations(SPARKPLUG)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shadowShare: 0.5|shadowShar: 0.5",
                "shadowShare: 0.5|shadowShare: 1.5",
                "shadowShare: 0.5|shadowShare: half",
                "PT5M|5 minutes",
                "PT5M|PT0S",
                "statsWindow: PT5M|frames: newest",
                "statsWindow: PT5M|sources: {north-1: {}}",
                "statsWindow: PT5M|sources: {north-1: {directory: spool}}",
                "statsWindow: PT5M|sources: {north-1: {directory: /a, mjpeg: \"http://a/b\"}}",
                "statsWindow: PT5M|sources: {north-1: {mjpeg: \"ftp://a/b\"}}",
                "statsWindow: PT5M|sources: {north-1: {mjpeg: \"http://me@a/b\"}}",
                "statsWindow: PT5M|sources: {north-1: {mjpeg: \"http://a/b\", delete: true}}",
                "statsWindow: PT5M|stride: 0",
                "statsWindow: PT5M|stride: 20000",
                "statsWindow: PT5M|lateness: soon",
                "statsWindow: PT5M|qos: 2",
                "statsWindow: PT5M|qos: once",
                "statsWindow: PT5M|share: a/b",
                "statsWindow: PT5M|payload: {codec: xml}",
                "statsWindow: PT5M|payload: {time: /ts}",
                "statsWindow: PT5M|payload: {codec: json, time: {at: /ts, unit: days}}",
                "statsWindow: PT5M|payload: {codec: json, seq: n}",
                "statsWindow: PT5M|payload: {codec: csv, seq: -1}",
                "statsWindow: PT5M|payload: {codec: sparkplug, seq: n}",
                "statsWindow: PT5M|payload: {codec: sparkplug, fields: {humidity: {at: RH, scale: 0}}}",
                "statsWindow: PT5M|payload: {codec: json, fields: {humidity: Environment/RH}}",
                "statsWindow: PT5M|payload: {codec: json, fields: {humidity: {at: /h, scale: 0}}}",
                "minCompared: 200|minCompared: 0",
                "gateways: [gw-south]|gateways: gw-south",
                "gateways: [gw-south]|gateways: [Gateway South]",
                "devices: [north-1, north-2]|devices: [north-1, north-1]",
                "{device}|{mote}",
                "{device}|+",
                "/{device}/|/",
                "{device}/climate|{device}-climate",
                "sites/{site}|sites//{site}",
                "sha256:|sha1:",
                "rollout:|rollouts:",
                "deadline: PT60S|waves: []",
                "deadline: PT60S|freeze: perhaps",
                "deadline: PT60S|maxLatencyRatio: 0.5",
                "deadline: PT60S|maxMemoryRatio: 0.5"
            })
    void refusesWhatTheReaderRefuses(String find, String replacement) throws IOException {
        // Given
        assertThat(GOOD).contains(find);
        var file = GOOD.replace(find, replacement == null ? "" : replacement);
        // Then
        assertThatThrownBy(() -> FleetYaml.parse(file)).isInstanceOf(InvalidFleetException.class);
        assertThat(violations(file)).isNotEmpty();
    }

    private static Set<?> violations(String yaml) throws IOException {
        return FleetSchema.violations(yaml);
    }
}
