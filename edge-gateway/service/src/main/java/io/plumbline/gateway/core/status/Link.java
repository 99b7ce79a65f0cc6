package io.plumbline.gateway.core.status;

import java.util.Optional;

/**
 * A link to the world outside.
 *
 * @param note why it is down, or what else is to be known, in one line
 */
public record Link(String name, boolean up, Optional<String> note) {

    /** {@code connected}, or {@code away} and why. */
    public String told() {
        return up ? "connected" : note.map(why -> "away: " + why).orElse("away");
    }
}
