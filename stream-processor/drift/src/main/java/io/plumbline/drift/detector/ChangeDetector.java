package io.plumbline.drift.detector;

/** Follows one stream. After a change it begins anew with what it holds to be the stream since. */
public interface ChangeDetector {

    /**
     * Takes the next value.
     *
     * @return whether the stream has changed
     * @throws IllegalArgumentException if the value is not a finite number, or outside of what the detector takes
     */
    boolean add(double value);
}
