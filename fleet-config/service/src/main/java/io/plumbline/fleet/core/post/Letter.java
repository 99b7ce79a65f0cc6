package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import java.time.Instant;

/**
 * An alert as a sink is to be told of it.
 *
 * @param opening whether the sink knows of nothing open before it: it is the first of an episode, or after an end
 * @param due not to be delivered before
 */
public record Letter(String sink, Alert alert, boolean opening, Instant due) {}
