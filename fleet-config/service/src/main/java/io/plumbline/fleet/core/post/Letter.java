package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import java.time.Instant;

/**
 * An alert as a sink is to be told of it.
 *
 * @param opening whether it is the first that the sink hears of this episode
 * @param due not to be delivered before
 */
public record Letter(String sink, Alert alert, boolean opening, Instant due) {}
