package io.plumbline.fleet.adapter.page;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.plumbline.fleet.testing.OperatorTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RolloutPagesTest.Guarded.class)
@QuarkusTestResource(InMemoryTopics.class)
class RolloutPagesTest {

    /** With tokens of operators. */
    public static final class Guarded implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return OperatorTokens.of("secret of ada\n");
        }
    }

    @TestHTTPResource("/")
    URI root;

    @Inject
    ControlPlane control;

    @Test
    void aRolloutShowsWhatMayBeAskedOfItAndNothingFromOutsideIsMarkup() throws Exception {
        // Given
        var text = Fleets.yaml(BASELINE).replaceAll("rollout: .*", "rollout: {waves: [50, 100], approveBefore: [50]}");
        control.apply(text, Fleets.parse(text));
        assertThat(get("rollouts").body()).contains("There has been no rollout yet");
        // When
        control.start(MODEL, CANDIDATE, "ada asked for it, <script>alert(1)</script>");
        control.look();
        var id = control.state().newestRollouts().get(0).plan().id();
        // Then
        assertThat(get("rollouts").body()).contains("href=\"/rollouts/" + id + "\"", "aria-current=\"page\">Rollouts");
        var page = get("rollouts/" + id);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("data-url=\"/api/v1/rollouts/" + id + "/approve\"", "Operator's token", "Wave 2")
                .contains("None of the 2 gateways keeps", "What helps: ")
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert", "secret of ada");
    }

    @Test
    void aNameThatNobodyHasIsAPageTooAndOnlyText() throws Exception {
        var page = get("rollouts/%3Cimg%20src=x%3E");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is no rollout <code>&lt;img src=x&gt;</code>");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    }
}
