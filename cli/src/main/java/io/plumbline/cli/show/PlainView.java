package io.plumbline.cli.show;

import io.plumbline.contract.fleet.FleetOverview;
import java.io.PrintStream;
import java.util.Locale;

/** For pipes and logs: one line per event, and the state every ten seconds. */
public final class PlainView implements View {

    private static final long STATE_EVERY_MILLIS = 10_000;

    private final PrintStream out;
    private final long start = System.currentTimeMillis();
    private long lastState;

    public PlainView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void progress(String step) {
        event(step);
    }

    @Override
    public void event(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.currentTimeMillis() - start) / 1000.0, line);
        out.flush();
    }

    @Override
    public void state(String headline, FleetOverview overview) {
        if (System.currentTimeMillis() - lastState >= STATE_EVERY_MILLIS) {
            lastState = System.currentTimeMillis();
            event(headline);
            StateTable.lines(overview, false).forEach(line -> out.println("          " + line));
            out.flush();
        }
    }

    @Override
    public void finish() {
        out.flush();
    }
}
