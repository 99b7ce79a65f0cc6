package io.plumbline.inference.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.head.Detector;
import io.plumbline.inference.detection.head.Frame;
import io.plumbline.inference.detection.head.ScoredBoxesHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static Detection at(int label, double score, double left) {
        return new Detection(label, score, new Box(left, 0, left + 1, 1));
    }

    @Test
    void overlapIsSharedAreaOverCoveredArea() {
        assertThat(new Box(0, 0, 1, 1).overlap(new Box(0.5, 0, 1.5, 1))).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(new Box(0, 0, 1, 1).overlap(new Box(0, 0, 1, 1))).isEqualTo(1);
        assertThat(new Box(0, 0, 1, 1).overlap(new Box(1, 0, 2, 1))).isZero();
        assertThat(new Box(0, 0, 0, 0).overlap(new Box(0, 0, 0, 0))).isZero();
    }

    @Test
    void theWeakerOfTwoThatOverlapGoes() {
        // Given the second overlaps the first by a third, the third the second, but not the first
        var all = List.of(at(0, 0.7, 1), at(0, 0.9, 0), at(0, 0.8, 0.5));

        // Then
        assertThat(new Selection(0, 0.3, true).of(all)).containsExactly(at(0, 0.9, 0), at(0, 0.7, 1));
        assertThat(new Selection(0, 0.34, true).of(all)).hasSize(3);
    }

    @Test
    void classesLeaveEachOtherAloneOnlyIfAsked() {
        var all = List.of(at(0, 0.9, 0), at(1, 0.8, 0));
        assertThat(new Selection(0, 0.5, true).of(all)).hasSize(2);
        assertThat(new Selection(0, 0.5, false).of(all)).containsExactly(at(0, 0.9, 0));
    }

    @Test
    void aDetectorUndoesTheLetterbox() {
        // Given an image that fills the middle half of the input's height
        var head = new ScoredBoxesHead("s", "b", false);
        var detector = new Detector(head, new Selection(0.5, 0.5, true), new Frame(10, 10, 1));
        var outputs = Map.of(
                "s", Tensor.of(new long[] {1, 1, 1}, new float[] {0.9f}),
                "b", Tensor.of(new long[] {1, 1, 4}, new float[] {0.25f, 0.25f, 0.75f, 0.5f}));

        // When
        var found = detector.detect(outputs, new Placement(0, 0.25, 1, 0.5));

        // Then
        assertThat(found).extracting(Detection::box).containsExactly(new Box(0.25, 0, 0.75, 0.5));
        assertThat(detector.withScore(0.95).detect(outputs, Placement.WHOLE)).isEmpty();
    }

    @Test
    void aSelectionThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Selection(1, 0.5, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Selection(0.5, 0, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
