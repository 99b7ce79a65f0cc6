package io.plumbline.inference.detection.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every head on outputs small enough to work out by hand. */
class HeadTest {

    private static final double ANY = 0.1;

    private static Tensor tensor(long[] shape, double... values) {
        var data = new float[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) values[i];
        }
        return Tensor.of(shape, data);
    }

    private static void assertOne(List<Detection> found, int label, double score, Box box) {
        assertThat(found).hasSize(1);
        assertThat(found.get(0).label()).isEqualTo(label);
        assertThat(found.get(0).score()).isCloseTo(score, within(1e-6));
        assertClose(found.get(0).box(), box);
    }

    private static void assertClose(Box box, Box expected) {
        assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom()})
                .containsExactly(
                        new double[] {expected.left(), expected.top(), expected.right(), expected.bottom()},
                        within(1e-6));
    }

    @Test
    void aGridCellPutsItsBoxAroundItself() {
        // Given a grid of one row and two columns, two classes; the right cell sees something of the second class
        var output = tensor(new long[] {1, 7, 1, 2}, 0, 0.5, 0, 0, 0, 0.5, 0, 0, 0, Math.log(1.0 / 3), 1, 0.1, 0, 0.9);

        // When
        var found = new GridHead("o").read(Map.of("o", output), new Frame(64, 32, 2), ANY);

        // Then
        assertOne(found, 1, Math.pow(0.5, 0.6) * Math.pow(0.9, 0.4), Box.centred(0.5, Math.tanh(0.5), 0.5, 0.25));
    }

    @Test
    void yolov5MultipliesObjectnessAndClass() {
        var output = tensor(new long[] {1, 2, 7}, 32, 16, 16, 8, 0.8, 0.25, 0.5, 1, 1, 1, 1, 0.05, 1, 1);
        var found = new Yolov5Head("o").read(Map.of("o", output), new Frame(64, 32, 2), ANY);
        assertOne(found, 1, 0.4, Box.centred(0.5, 0.5, 0.25, 0.25));
    }

    @Test
    void yolov8HasItsBoxesInColumns() {
        // Given two boxes: the first of the first class, the second of none
        var output = tensor(new long[] {1, 6, 2}, 32, 1, 16, 1, 16, 1, 8, 1, 0.7, 0.05, 0.2, 0.02);
        var found = new Yolov8Head("o").read(Map.of("o", output), new Frame(64, 32, 2), ANY);
        assertOne(found, 0, 0.7, Box.centred(0.5, 0.5, 0.25, 0.25));
    }

    @Test
    void yoloxCountsCellsStrideByStride() {
        // Given an input of 32 x 16: strides 8 and 16 give 4 x 2 and 2 x 1 cells; the second cell of stride 16 sees
        // something
        var values = new double[10 * 6];
        var row = 9 * 6;
        values[row] = 0.5;
        values[row + 1] = 0.25;
        values[row + 2] = 0;
        values[row + 3] = Math.log(0.5);
        values[row + 4] = 0.9;
        values[row + 5] = 0.5;
        var output = tensor(new long[] {1, 10, 6}, values);

        // When
        var found = new YoloxHead("o", List.of(8, 16)).read(Map.of("o", output), new Frame(32, 16, 1), ANY);

        // Then: centre (1.5 x 16, 0.25 x 16), size (16, 8) pixels
        assertOne(found, 0, 0.45, Box.centred(24.0 / 32, 4.0 / 16, 16.0 / 32, 8.0 / 16));
    }

    @Test
    void yoloxRefusesAnotherNumberOfCells() {
        var output = tensor(new long[] {1, 1, 6}, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(
                        () -> new YoloxHead("o", List.of(8, 16)).read(Map.of("o", output), new Frame(32, 16, 1), ANY))
                .isInstanceOf(InferenceException.class)
                .hasMessage("output 'o' is Tensor[1, 1, 6], but the card's decoding and labels need 10 boxes,"
                        + " the cells of strides [8, 16]");
    }

    @Test
    void scoredBoxesAreTakenAsTheyAre() {
        var scores = tensor(new long[] {1, 2, 2}, 0.2, 0.8, 0.95, 0.05);
        var boxes = tensor(new long[] {1, 2, 4}, 0.1, 0.2, 0.3, 0.4, 0, 0, 1, 1);
        var found =
                new ScoredBoxesHead("s", "b", true).read(Map.of("s", scores, "b", boxes), new Frame(64, 32, 1), ANY);
        assertOne(found, 0, 0.8, new Box(0.1f, 0.2f, 0.3f, 0.4f));
    }

    @Test
    void ssdMovesItsPriors() {
        // Given one row of two cells with one prior each, of 0.2 x 0.4; the second one sees the second of two classes
        var scores = tensor(new long[] {1, 2, 3}, 9, 0, 0, 0, 0, Math.log(2));
        var offsets = tensor(new long[] {1, 2, 4}, 0, 0, 0, 0, 1, -1, Math.log(2) / 0.2, 0);
        var head = new SsdHead(
                "s",
                "b",
                List.of(new SsdHead.Level(2, 1, List.of(new SsdHead.Size(0.2, 0.4)))),
                new SsdHead.Variances(0.1, 0.2),
                true);

        // When
        var found = head.read(Map.of("s", scores, "b", offsets), new Frame(64, 32, 2), 0.3);

        // Then: softmax of (0, 0, ln 2) gives the last one 1/2
        assertOne(found, 1, 0.5, Box.centred(0.75 + 0.02, 0.5 - 0.04, 0.4, 0.4));
    }

    @Test
    void ssdPriorsGoCellByCellAndSizeBySize() {
        var level = new SsdHead.Level(2, 2, List.of(new SsdHead.Size(0.1, 0.1), new SsdHead.Size(0.2, 0.2)));
        assertThat(level.count()).isEqualTo(8);
        assertClose(level.prior(0), Box.centred(0.25, 0.25, 0.1, 0.1));
        assertClose(level.prior(3), Box.centred(0.75, 0.25, 0.2, 0.2));
        assertClose(level.prior(4), Box.centred(0.25, 0.75, 0.1, 0.1));
    }

    @Test
    void textRegionsAreGrownAndScoredByTheirMean() {
        // Given a map of 8 rows and 10 columns with a region of 4 x 3 cells, a hole in it, and a speck
        var map = new double[80];
        for (int y = 2; y < 5; y++) {
            for (int x = 3; x < 7; x++) {
                map[y * 10 + x] = 0.9;
            }
        }
        map[3 * 10 + 4] = 0.1;
        map[79] = 1;
        var output = tensor(new long[] {1, 1, 8, 10}, map);

        // When
        var found = new TextMapHead("o", 0.3, 1.5).read(Map.of("o", output), new Frame(40, 32, 1), ANY);

        // Then: grown by 12 x 1.5 / 14
        var by = 12 * 1.5 / 14;
        assertOne(found, 0, (11 * 0.9 + 0.1) / 12, new Box((3 - by) / 10, (2 - by) / 8, (7 + by) / 10, (5 + by) / 8));
    }

    @Test
    void textCellsThatTouchAtACornerAreOneRegion() {
        var output = tensor(new long[] {1, 1, 3, 3}, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThat(TextRegion.find(output, 0.5)).containsExactly(new TextRegion(3, 0, 0, 3, 3));
        var apart = tensor(new long[] {1, 1, 3, 3}, 1, 0, 1, 0, 0, 0, 1, 0, 1);
        assertThat(TextRegion.find(apart, 0.5)).hasSize(4);
    }

    @Test
    void anOutputThatTheCardDoesNotDescribeIsNamed() {
        var output = tensor(new long[] {1, 1, 6}, 1, 1, 1, 1, 1, 1);
        assertThatThrownBy(() -> new Yolov5Head("o").read(Map.of("o", output), new Frame(64, 32, 2), ANY))
                .hasMessage("output 'o' is Tensor[1, 1, 6], but the card's decoding and labels need [1, boxes, 7]");
        assertThatThrownBy(() -> new Yolov5Head("p").read(Map.of("o", output), new Frame(64, 32, 2), ANY))
                .hasMessage("the model has no output 'p', which the card names; it has [o]");
    }

    @Test
    void boxesWithoutAreaOrNumbersAreNone() {
        var output = tensor(new long[] {1, 2, 6}, 32, 16, 0, 8, 1, 1, Double.NaN, 16, 8, 8, 1, 1);
        assertThat(new Yolov5Head("o").read(Map.of("o", output), new Frame(64, 32, 1), ANY))
                .isEmpty();
    }
}
