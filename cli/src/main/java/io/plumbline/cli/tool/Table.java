package io.plumbline.cli.tool;

import io.plumbline.cli.show.Terminal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rows under headings: the first column to the left, all others to the right unless said. */
public final class Table {

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final Map<String, String> STATES = states();

    private final List<List<String>> rows = new ArrayList<>();

    private final Set<Integer> left = new HashSet<>(Set.of(0));

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Puts further columns to the left, counted from 0. */
    public Table left(Integer... columns) {
        left.addAll(List.of(columns));
        return this;
    }

    /** @param cells as many as there are headings */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** In colour if a person watches who wants it. */
    public List<String> lines() {
        return lines(Terminal.hasColours());
    }

    List<String> lines(boolean colour) {
        var widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return IntStream.range(0, rows.size())
                .mapToObj(i ->
                        line(rows.get(i), widths, cell -> !colour ? cell : i == 0 ? paint(BOLD, cell) : paint(cell)))
                .toList();
    }

    private String line(List<String> row, int[] widths, UnaryOperator<String> painted) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var padding = " ".repeat(widths[i] - row.get(i).length());
            var cell = painted.apply(row.get(i));
            line.append(i == 0 ? "" : "  ").append(left.contains(i) ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }

    /** A state in the colour of what it means. */
    private static String paint(String cell) {
        var colour = STATES.get(cell);
        return colour == null ? cell : paint(colour, cell);
    }

    private static String paint(String colour, String cell) {
        return cell.isEmpty() ? cell : colour + cell + RESET;
    }

    private static Map<String, String> states() {
        var all = new HashMap<String, String>();
        List.of("STABLE", "COMPLETED", "ACTIVE", "ACCEPTED", "MATCH", "in the fleet")
                .forEach(word -> all.put(word, GREEN));
        List.of(
                        "DATA_DRIFT",
                        "PAUSED",
                        "PENDING_APPROVAL",
                        "ROLLING_BACK",
                        "SILENT",
                        "INSUFFICIENT",
                        "ABORTED",
                        "WARNING",
                        "warning")
                .forEach(word -> all.put(word, YELLOW));
        List.of(
                        "CALIBRATION_STALE",
                        "RUNTIME_MISMATCH",
                        "CONCEPT_DRIFT",
                        "SENSOR_FAULT",
                        "ROLLED_BACK",
                        "REJECTED",
                        "FAILED",
                        "REFUSED",
                        "MISMATCH",
                        "CRITICAL",
                        "critical",
                        "never")
                .forEach(word -> all.put(word, RED));
        return Map.copyOf(all);
    }
}
