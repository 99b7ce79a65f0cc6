package io.plumbline.benchmarks.real;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.inference.window.SlidingWindow;
import io.plumbline.quantizer.rooms.RoomModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One room over two weeks, a reading a minute, with what people saw: whether it was occupied (UCI 357). Trained on are the days until 7
 * February without the 5th.
 *
 * @param columns of the file that the model takes, in its order
 */
public record Room(String model, List<Integer> columns, List<Minute> minutes) {

    public static final LocalDate HELD_OUT = LocalDate.of(2015, 2, 5);
    public static final LocalDate LATER = LocalDate.of(2015, 2, 8);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> FEATURES = List.of("temperature", "humidity", "light", "co2", "humidity-ratio");
    private static final int LABEL = 5;
    private static final int WINDOW = 32;

    /** A reading. Immutable as long as nobody changes its values. */
    public static final class Minute {

        private final Instant time;
        private final float[] values;
        private final Optional<Tensor> window;
        private final String truth;

        private Minute(Instant time, float[] values, Optional<Tensor> window, String truth) {
            this.time = time;
            this.values = values;
            this.window = window;
            this.truth = truth;
        }

        public Instant time() {
            return time;
        }

        /** As they come; not copied. */
        public float[] values() {
            return values;
        }

        /** That ends with it; empty after a gap. */
        public Optional<Tensor> window() {
            return window;
        }

        public String truth() {
            return truth;
        }

        public LocalDate day() {
            return dayOf(time);
        }
    }

    static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    public static Room five(Path data) throws IOException {
        return read(data, "occ5", List.of(0, 1, 2, 3, 4));
    }

    public static Room two(Path data) throws IOException {
        return read(data, "occ2", List.of(0, 3));
    }

    private static Room read(Path data, String model, List<Integer> columns) throws IOException {
        var rows = new TreeMap<Instant, double[]>();
        for (var file : List.of("datatest", "datatraining", "datatest2")) {
            var lines = Files.readAllLines(data.resolve("sensors/occupancy/" + file + ".txt"));
            for (var line : lines.subList(1, lines.size())) {
                var fields = line.replace("\"", "").split(",");
                var values = new double[LABEL + 1];
                for (int i = 0; i <= LABEL; i++) {
                    values[i] = Double.parseDouble(fields[i + 2]);
                }
                rows.put(LocalDateTime.parse(fields[1], TIME).toInstant(ZoneOffset.UTC), values);
            }
        }
        var sliding = new SlidingWindow(WINDOW, columns.size(), Duration.ofMinutes(1));
        var minutes = new ArrayList<Minute>();
        rows.forEach((time, row) -> {
            var values = new float[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) row[columns.get(i)];
            }
            minutes.add(new Minute(time, values, sliding.add(time, values), row[LABEL] > 0 ? "occupied" : "vacant"));
        });
        return new Room(model, columns, minutes);
    }

    public List<Minute> on(Predicate<LocalDate> days) {
        return minutes.stream().filter(minute -> days.test(minute.day())).toList();
    }

    /** Static, calibrated on the days that the model was trained on. */
    ModelPackage build(Path data) throws Exception {
        return Static.build(fp32(data), ModelCard.parse(card()), trained());
    }

    /** Windows of the days that the model was trained on. */
    public List<Tensor> trained() {
        return on(day -> day.isBefore(LATER) && !day.equals(HELD_OUT)).stream()
                .flatMap(minute -> minute.window().stream())
                .toList();
    }

    /** The model as it was trained, taking readings as they come. */
    public byte[] fp32(Path data) throws IOException {
        var report = new ObjectMapper().readTree(Files.readAllBytes(data.resolve("models/" + model + "_report.json")));
        var mean = new double[columns.size()];
        var deviation = new double[columns.size()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = report.get("mean").get(i).asDouble();
            deviation[i] = report.get("std").get(i).asDouble();
        }
        var trained = Files.readAllBytes(data.resolve("models/" + model + "_fp32.onnx"));
        return RoomModel.of(trained, mean, deviation);
    }

    /** Names of what the model takes, in its order. */
    public List<String> features() {
        return columns.stream().map(FEATURES::get).toList();
    }

    public byte[] card() {
        var text = new StringBuilder("model: " + model + "\ntask: classification\n");
        text.append("input:\n  tensor: window\n  window: 32\n  interval: PT1M\n  features:\n");
        for (var feature : features()) {
            text.append("    - {name: " + feature + ", unit: any, min: -100, max: 100000}\n");
        }
        text.append("output:\n  tensor: probabilities\n  labels: [vacant, occupied]\nrecipes: [static-minmax]\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
