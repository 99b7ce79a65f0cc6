package io.plumbline.cli.tool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows under headings: the first column to the left, all others to the right unless said. */
public final class Table {

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

    public List<String> lines() {
        var widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ").append(left.contains(i) ? row.get(i) + padding : padding + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
