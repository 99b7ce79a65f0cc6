package io.plumbline.contract.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

class RedirectionTest {

    private static final HttpRequest ASKED = HttpRequest.newBuilder(URI.create("https://registry.example/v2/a"))
            .header("Authorization", "Basic x")
            .header("Range", "bytes=5-")
            .build();

    /** An answer that leads on. */
    private record Answer(int statusCode, HttpRequest request, HttpHeaders headers) implements HttpResponse<Void> {

        static Answer to(int status, String field, String value) {
            return new Answer(status, ASKED, HttpHeaders.of(Map.of(field, List.of(value)), (name, text) -> true));
        }

        @Override
        public Optional<HttpResponse<Void>> previousResponse() {
            return Optional.empty();
        }

        @Override
        @SuppressWarnings("NullAway") // there is no other Void
        public Void body() {
            return null;
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    @Test
    void anotherServerIsAskedForTheSameAndToldNothing() throws Exception {
        // When
        var there = Redirection.after(ASKED, Answer.to(307, "Location", "https://store.example/b?x=y"))
                .orElseThrow();
        var here = Redirection.after(ASKED, Answer.to(302, "Location", "/v2/b")).orElseThrow();

        // Then
        assertThat(there.uri()).hasToString("https://store.example/b?x=y");
        assertThat(there.headers().map()).containsOnlyKeys("Range");
        assertThat(here.uri()).hasToString("https://registry.example/v2/b");
        assertThat(here.headers().map()).containsOnlyKeys("Authorization", "Range");
        assertThat(Redirection.after(ASKED, Answer.to(200, "Location", "/v2/b")))
                .isEmpty();
        assertThat(Redirection.after(ASKED, Answer.to(307, "Other", "/v2/b"))).isEmpty();
    }

    @Test
    void tlsIsNotLeftAndNothingIsAskedNowhere() throws Exception {
        for (var place : List.of("http://registry.example/b", "//[", "https:b", "ftp://x/b")) {
            assertThatThrownBy(() -> Redirection.after(ASKED, Answer.to(307, "Location", place)))
                    .as(place)
                    .isInstanceOf(LoginException.class)
                    .hasMessageContaining("points to");
        }
        assertThatThrownBy(() -> Redirection.nextPage(Answer.to(200, "Link", "<http://other/x>; rel=\"next\"")))
                .hasMessageContaining("https was left");
        assertThat(Redirection.nextPage(Answer.to(200, "Link", "</v2/a?n=2>; rel=\"next\"")))
                .contains(URI.create("https://registry.example/v2/a?n=2"));
    }
}
