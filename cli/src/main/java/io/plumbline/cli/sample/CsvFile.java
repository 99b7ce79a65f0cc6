package io.plumbline.cli.sample;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers separated by commas, one row a reading, columns in the order of the model's features; a first line that is not
 * numbers is a header. A model that takes [batch, features] gets a sample a row; one that takes [batch, window, features]
 * gets every window of consecutive rows, oldest first.
 */
final class CsvFile {

    private CsvFile() {}

    static Tensor samples(Path path, TensorSpec input) throws IOException, SampleException {
        var shape = input.shape();
        if (shape.size() != 2 && shape.size() != 3) {
            throw new SampleException(path + " gives rows of features, but the model takes " + shape
                    + ": give an .npy file of that shape");
        }
        var window = shape.size() == 3 ? Math.toIntExact(Math.max(1, shape.get(1))) : 1;
        var rows = rows(path);
        var features = rows.get(0).length;
        var wanted = shape.get(shape.size() - 1);
        if (wanted >= 0 && wanted != features) {
            throw new SampleException(
                    path + " has " + features + " columns, but the model takes " + wanted + " features");
        }
        var count = rows.size() - window + 1;
        if (count < 1) {
            throw new SampleException(path + " has " + rows.size() + " rows, fewer than one window of " + window);
        }
        var data = new float[Math.multiplyExact(Math.multiplyExact(count, window), features)];
        for (int sample = 0; sample < count; sample++) {
            for (int row = 0; row < window; row++) {
                System.arraycopy(rows.get(sample + row), 0, data, (sample * window + row) * features, features);
            }
        }
        return Tensor.of(shape.size() == 3 ? new long[] {count, window, features} : new long[] {count, features}, data);
    }

    private static List<float[]> rows(Path path) throws IOException, SampleException {
        var rows = new ArrayList<float[]>();
        var lines = Files.readAllLines(path);
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1).strip();
            if (line.isEmpty() || (number == 1 && !isNumbers(line))) {
                continue;
            }
            var row = row(path, number, line);
            if (!rows.isEmpty() && rows.get(0).length != row.length) {
                throw new SampleException(path + ", line " + number + ": " + row.length + " columns, the first row has "
                        + rows.get(0).length);
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new SampleException(path + " has no rows");
        }
        return rows;
    }

    private static float[] row(Path path, int number, String line) throws SampleException {
        var cells = line.split(",", -1);
        var row = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            try {
                row[i] = Float.parseFloat(cells[i].strip());
            } catch (NumberFormatException e) {
                throw new SampleException(
                        path + ", line " + number + ", column " + (i + 1) + ": '" + cells[i].strip() + "' is no number",
                        e);
            }
        }
        return row;
    }

    private static boolean isNumbers(String line) {
        for (var cell : line.split(",", -1)) {
            try {
                Float.parseFloat(cell.strip());
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return true;
    }
}
