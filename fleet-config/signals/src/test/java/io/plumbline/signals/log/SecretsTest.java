package io.plumbline.signals.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String HIDDEN = "hunter2-0123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera-stream-ended url=http://admin:%s@10.0.0.7/video reason=closed",
                "cannot reach rtsp://%s@camera/1?fps=5",
                "GET http://camera/video?token=%s&fps=5 answered 401",
                "http://camera/video?fps=5&api_key=%s",
                "the server said {\"password\": \"%s\", \"user\": \"x\"}",
                "the server said {\"access_token\":\"%s\"}",
                "header Authorization: Bearer %s",
                "header authorization: Basic %s",
                "Bearer %s is refused",
                "join-token=%s",
                "password=%s, user=x"
            })
    void aSecretIsNotShown(String line) {
        assertThat(Secrets.masked(line.replace("%s", HIDDEN)))
                .doesNotContain(HIDDEN)
                .contains("***");
    }

    @Test
    void aPasswordWithAnAtSignIsHiddenToItsEnd() {
        assertThat(Secrets.masked("url=amqp://u:p@ss@host:5/x")).isEqualTo("url=amqp://***@host:5/x");
    }

    @Test
    void aWebTokenIsNotShown() {
        assertThat(Secrets.masked("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl back"))
                .isEqualTo("got *** back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt-subscribed filter=site/+/device/# qos=1",
                "enrolment-waits the token of plumbline.gateway.join-token-file is not known",
                "Basic authentication is not offered by http://registry:8084/v2/",
                "sha256:0123456789abcdef of tcp://broker:1883",
                "mail@example.org is no address"
            })
    void whatIsNoSecretStaysAsItIs(String line) {
        assertThat(Secrets.masked(line)).isEqualTo(line);
    }
}
