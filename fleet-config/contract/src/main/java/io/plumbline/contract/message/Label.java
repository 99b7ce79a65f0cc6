package io.plumbline.contract.message;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.wire.Require;
import java.time.Instant;

/**
 * The truth about one reading, known later and from elsewhere.
 *
 * @param event the reading's id, as in its {@link InferenceResult}
 * @param eventTime device time of the reading
 */
public record Label(EventId event, DeviceId device, Instant eventTime, String label) {

    public Label {
        Require.notEmpty("label", label);
    }
}
