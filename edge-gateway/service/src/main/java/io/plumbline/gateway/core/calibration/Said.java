package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.HoldoutAnswer;
import io.plumbline.inference.model.Compared;
import io.plumbline.inference.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What builds said of holdout readings, told by the readings' ids. */
final class Said {

    private Said() {}

    /**
     * One for each window whose reading is known and of which all builds gave a label, which detectors do not.
     *
     * @param readings of the windows, in the order of the trials' windows
     * @param trials on the same windows, in the order of the task
     */
    static List<HoldoutAnswer> of(List<Optional<EventId>> readings, List<Trial> trials) {
        var all = new ArrayList<HoldoutAnswer>();
        for (int i = 0; i < readings.size(); i++) {
            var window = i;
            var said = trials.stream()
                    .flatMap(trial -> trial.windows().get(window).promise().stream())
                    .toList();
            if (!said.isEmpty() && said.size() == trials.size()) {
                var labels = said.stream().map(Compared.Promise::label).toList();
                readings.get(i)
                        .ifPresent(reading ->
                                all.add(new HoldoutAnswer(reading, said.get(0).reference(), labels)));
            }
        }
        return all;
    }
}
