package io.plumbline.contract.message;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.wire.Require;
import java.util.List;

/**
 * What FP32 and some builds said of one holdout reading, so that whoever has its {@link Label} can tell who was right. Says nothing of
 * the reading itself that its {@link InferenceResult} did not say before.
 *
 * @param event the reading's id
 * @param reference label that FP32 gave
 * @param labels that the builds gave, in the order of the task
 */
public record HoldoutAnswer(EventId event, String reference, List<String> labels) {

    public HoldoutAnswer {
        Require.notEmpty("reference", reference);
        labels = List.copyOf(labels);
    }
}
