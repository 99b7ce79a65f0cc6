package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.id.EventId;
import io.plumbline.inference.Tensor;
import java.util.Optional;

/**
 * A window of a reservoir.
 *
 * @param reading id of the reading that it ends with; empty for one that was kept before ids were
 * @param window what the model was given
 */
public record KeptWindow(Optional<EventId> reading, Tensor window) {}
