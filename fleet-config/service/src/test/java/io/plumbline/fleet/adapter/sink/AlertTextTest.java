package io.plumbline.fleet.adapter.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.fleet.testing.Alerts;
import org.junit.jupiter.api.Test;

class AlertTextTest {

    @Test
    void theSubjectSaysWhatWhereAndWhatChanged() {
        assertThat(AlertText.subject(Alerts.alert(1, AlertChange.OPENED)))
                .isEqualTo("[plumbline] CRITICAL CONCEPT_DRIFT climate-event at north: opened");
    }

    @Test
    void aTroubleOfTheWholeFleetSaysSo() {
        assertThat(AlertText.subject(Alerts.alert(Alert.Subject.FLEET, 1, AlertChange.OPENED)))
                .isEqualTo("[plumbline] CRITICAL CONCEPT_DRIFT of the fleet: opened");
    }

    @Test
    void theBodyHoldsNumbersThresholdsAndWhatToDoNext() {
        assertThat(AlertText.body(Alerts.alert(2, AlertChange.RESOLVED)))
                .contains(
                        "accuracy fell to 61 %\n",
                        "Over since 2026-01-01T00:01:00Z: the verdict is STABLE\n",
                        "Seen 1 time since 2026-01-01T00:00:00Z",
                        "! accuracy of all: 0.6100 (0.5800 to 0.6400), threshold 0.9000, 1000 samples\n",
                        "More: plumbline explain b5bb9d8014a0f9b1\n",
                        "episode 1, revision 2\n");
    }
}
