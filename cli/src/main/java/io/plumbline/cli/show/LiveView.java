package io.plumbline.cli.show;

import io.plumbline.contract.fleet.FleetOverview;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * For a terminal: a block that is drawn over itself, with the newest events below the table. Meanwhile the cursor is hidden
 * and long lines are cut: a line that wraps would take two rows, and the next block would be drawn too low.
 */
public final class LiveView implements View {

    private static final int EVENTS = 8;
    private static final String CLEAR_TO_END = "\u001b[J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String TAKE_SCREEN = "\u001b[?7l\u001b[?25l";
    private static final String GIVE_BACK = "\u001b[?7h\u001b[?25h";

    private final PrintStream out;
    private final long start = System.currentTimeMillis();
    private final Deque<String> events = new ArrayDeque<>();
    private List<String> body = List.of();
    private String headline = "";
    private int drawn;
    private boolean finished;

    public LiveView(PrintStream out) {
        this.out = out;
        out.print(TAKE_SCREEN);
    }

    @Override
    public synchronized void progress(String step) {
        headline = step;
        draw();
    }

    @Override
    public synchronized void event(String line) {
        events.addLast(String.format(Locale.ROOT, "%6.1f s  %s", (System.currentTimeMillis() - start) / 1000.0, line));
        if (events.size() > EVENTS) {
            events.removeFirst();
        }
        draw();
    }

    @Override
    public synchronized void state(String newHeadline, FleetOverview overview) {
        headline = newHeadline;
        body = StateTable.lines(overview, true);
        draw();
    }

    private void draw() {
        if (finished) {
            return;
        }
        var lines = new ArrayList<String>();
        lines.add("\u001b[1m" + headline + "\u001b[0m");
        if (!body.isEmpty()) {
            lines.add("");
            lines.addAll(body);
            lines.add("");
        }
        lines.addAll(events);
        var frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append("F");
        }
        lines.forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
        frame.append(CLEAR_TO_END);
        drawn = lines.size();
        out.print(frame);
        out.flush();
    }

    @Override
    public synchronized void finish() {
        if (!finished) {
            finished = true;
            out.print(GIVE_BACK);
            out.flush();
        }
    }
}
