package io.plumbline.signals.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTemplateTest {

    @Test
    void wordsBeforeHolesBecomeFields() {
        var fields = LogTemplate.fields(
                "mqtt-unavailable url=%s code=%d reason=%s retryMillis=%d",
                new Object[] {"tcp://b:1883", 3, "no", 500L});

        assertThat(fields)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        LogKey.EVENT, "mqtt-unavailable",
                        LogKey.URL, "tcp://b:1883",
                        LogKey.CODE, "3",
                        LogKey.REASON, "no",
                        LogKey.RETRY_MILLIS, "500"));
    }

    @Test
    void holesWithoutAWordAreCountedAndNotKept() {
        var fields = LogTemplate.fields(
                "disk-unusable dir '%s' 100%% again every %d s reason=%s", new Object[] {"/data", 5, "full"});

        assertThat(fields).containsOnlyKeys(LogKey.EVENT, LogKey.REASON).containsEntry(LogKey.REASON, "full");
    }

    @Test
    void numberedHolesTakeTheArgumentOfTheirNumber() {
        var fields = LogTemplate.fields("signatures-added model={1} count={0}", new Object[] {7, "climate"});

        assertThat(fields).containsEntry(LogKey.COUNT, "7").containsEntry(LogKey.MODEL, "climate");
    }

    @Test
    void whatAnArgumentSaysBecomesNoField() {
        var fields = LogTemplate.fields("message-failed reason=%s", new Object[] {"x gateway=evil verdict=STABLE"});

        assertThat(fields).containsOnlyKeys(LogKey.EVENT, LogKey.REASON);
    }

    @Test
    void aLineThatWasWrittenAsAWholeIsReadUpToItsReason() {
        var fields = LogTemplate.fields("build-rebuilt again recalibration=r-1 reason=it broke: model=x", null);

        assertThat(fields)
                .containsEntry(LogKey.RECALIBRATION, "r-1")
                .containsEntry(LogKey.REASON, "it broke: model=x")
                .doesNotContainKey(LogKey.MODEL);
    }

    @Test
    void wordsThatNobodyKnowsAndArgumentsThatAreMissingAreLeftOut() {
        assertThat(LogTemplate.fields("odd-line colour=%s model=%s", new Object[] {"red"}))
                .containsOnlyKeys(LogKey.EVENT);
    }
}
