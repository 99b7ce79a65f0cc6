package io.plumbline.quantizer.auto;

import java.util.Optional;

/**
 * One recipe that was tried.
 *
 * @param measured empty if it could not be made or does not run
 * @param reached whether it reaches the goal
 * @param because why it does or does not, in a sentence
 */
public record Trial(Recipe recipe, Optional<Laboratory.Measured> measured, boolean reached, String because) {

    /** Of the file; 0 if it could not be made. */
    public long sizeBytes() {
        return measured.map(Laboratory.Measured::sizeBytes).orElse(0L);
    }
}
