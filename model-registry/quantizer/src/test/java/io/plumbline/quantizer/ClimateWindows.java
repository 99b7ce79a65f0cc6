package io.plumbline.quantizer;

import io.plumbline.inference.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The labelled readings as windows of 16. */
final class ClimateWindows {

    static final Path FOLDER = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");
    private static final int WINDOW = 16;

    private ClimateWindows() {}

    /** One window; {@code newest} counts a mote's readings from 1. */
    record Window(boolean indoor, int newest, boolean event, Tensor values) {}

    static byte[] model() throws IOException {
        return Files.readAllBytes(FOLDER.resolve("climate_event_fp32.onnx"));
    }

    static List<Window> all() throws IOException {
        Map<String, List<String[]>> motes = new LinkedHashMap<>();
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve("readings.csv.gz"))),
                StandardCharsets.US_ASCII))) {
            in.readLine();
            in.lines()
                    .map(line -> line.split(","))
                    .forEach(row -> motes.computeIfAbsent(row[0] + row[1], key -> new ArrayList<>())
                            .add(row));
        }
        var windows = new ArrayList<Window>();
        motes.values().forEach(rows -> {
            for (int newest = WINDOW; newest <= rows.size(); newest++) {
                var last = rows.get(newest - 1);
                windows.add(new Window(
                        last[2].equals("1"),
                        newest,
                        last[6].equals("1"),
                        tensor(rows.subList(newest - WINDOW, newest))));
            }
        });
        return windows;
    }

    private static Tensor tensor(List<String[]> rows) {
        var data = new float[WINDOW * 2];
        for (int i = 0; i < WINDOW; i++) {
            data[2 * i] = Float.parseFloat(rows.get(i)[4]);
            data[2 * i + 1] = Float.parseFloat(rows.get(i)[5]);
        }
        return Tensor.of(new long[] {1, WINDOW, 2}, data);
    }
}
