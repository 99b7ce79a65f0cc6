package io.plumbline.inference.detection.head;

import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import java.util.Map;

/** An output as a table: one row for each box that the model proposes. */
final class Rows {

    private final Tensor tensor;
    private final int count;
    private final int columns;
    private final int rowStep;
    private final int columnStep;

    private Rows(Tensor tensor, int count, int columns, boolean rowsFirst) {
        this.tensor = tensor;
        this.count = count;
        this.columns = columns;
        this.rowStep = rowsFirst ? columns : 1;
        this.columnStep = rowsFirst ? 1 : count;
    }

    /** An output [1, rows, columns]. */
    static Rows of(Map<String, Tensor> outputs, String name, int columns) {
        var tensor = output(outputs, name);
        var shape = tensor.shape();
        require(shape.length == 3 && shape[0] == 1 && shape[2] == columns, name, tensor, "[1, boxes, " + columns + "]");
        return new Rows(tensor, (int) shape[1], columns, true);
    }

    /** An output [1, columns, rows]. */
    static Rows transposed(Map<String, Tensor> outputs, String name, int columns) {
        var tensor = output(outputs, name);
        var shape = tensor.shape();
        require(shape.length == 3 && shape[0] == 1 && shape[1] == columns, name, tensor, "[1, " + columns + ", boxes]");
        return new Rows(tensor, (int) shape[2], columns, false);
    }

    /** An output [1, columns, high, wide] with a row for each cell, line by line. */
    static Rows cells(Map<String, Tensor> outputs, String name, int columns) {
        var tensor = output(outputs, name);
        var shape = tensor.shape();
        require(
                shape.length == 4 && shape[0] == 1 && shape[1] == columns,
                name,
                tensor,
                "[1, " + columns + ", rows, columns]");
        return new Rows(tensor, (int) (shape[2] * shape[3]), columns, false);
    }

    /** @throws InferenceException if there is no such output */
    static Tensor output(Map<String, Tensor> outputs, String name) {
        var tensor = outputs.get(name);
        if (tensor == null) {
            throw new InferenceException(
                    "the model has no output '" + name + "', which the card names; it has " + outputs.keySet());
        }
        return tensor;
    }

    static void require(boolean fits, String name, Tensor tensor, String wanted) {
        if (!fits) {
            throw new InferenceException(
                    "output '" + name + "' is " + tensor + ", but the card's decoding and labels need " + wanted);
        }
    }

    int count() {
        return count;
    }

    int columns() {
        return columns;
    }

    float at(int row, int column) {
        return tensor.get(row * rowStep + column * columnStep);
    }

    /** The column of the largest value from the first one on; the first of equals. */
    int largest(int row, int first, int columns) {
        var best = first;
        for (int column = first + 1; column < first + columns; column++) {
            if (at(row, column) > at(row, best)) {
                best = column;
            }
        }
        return best;
    }

    /** The first four columns as a box by centre and size. */
    Box centred(int row) {
        return Box.centred(at(row, 0), at(row, 1), at(row, 2), at(row, 3));
    }
}
