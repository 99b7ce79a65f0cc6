package io.plumbline.judging.label;

import java.util.Optional;

/**
 * What follows from a result or a label.
 *
 * @param refused why it cannot be taken; nothing else follows then
 * @param answer that met its label, or the other way round
 */
public record Pairing(Optional<String> refused, Optional<LabelledAnswer> answer) {

    static Pairing of(Optional<LabelledAnswer> answer) {
        return new Pairing(Optional.empty(), answer);
    }

    static Pairing refused(String why) {
        return new Pairing(Optional.of(why), Optional.empty());
    }
}
