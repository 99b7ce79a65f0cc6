package io.plumbline.judging.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pair.Answer ANSWER = new Pair.Answer(
            new Cohort(
                    new ModelName("climate"),
                    Digest.of(new byte[] {1}),
                    Digest.of(new byte[] {2}),
                    new SiteId("north")),
            "event",
            Optional.of(0.9));

    private static Pair kept(String json) {
        return Json.decode(json.getBytes(StandardCharsets.UTF_8), Pair.class);
    }

    @Test
    void aLabelKeptByAnOlderVersionStillMeetsItsAnswer() {
        var met = kept("{\"truth\":\"event\"}").plus(Pair.of(ANSWER)).complete(AT);

        assertThat(met).contains(new LabelledAnswer(ANSWER.cohort(), AT, "event", "event", Optional.of(0.9)));
    }

    @Test
    void theFirstAnswerAndTheFirstLabelCount() {
        var once = Pair.of("event").plus(Pair.of(ANSWER));

        assertThat(once.plus(Pair.of("normal"))).isEqualTo(once);
        assertThat(once.plus(Pair.of(ANSWER))).isEqualTo(once);
    }

    @Test
    void whatHasMetNeverMeetsAgain() {
        var met = kept(new String(Json.encode(Pair.MET), StandardCharsets.UTF_8));

        assertThat(met.plus(Pair.of("event"))).isEqualTo(met);
        assertThat(met.plus(Pair.of(ANSWER)).complete(AT)).isEmpty();
    }
}
