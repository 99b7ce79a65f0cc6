package io.plumbline.fleet.adapter.sink;

import io.plumbline.contract.fleet.AlertBoard.SinkView;
import io.plumbline.contract.message.Alert;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.store.SqlLetterBox;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.post.Courier;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps one courier per sink of the fleet file, each with a thread of its own: a sink that hangs keeps nobody waiting but itself.
 * Thread-safe.
 */
public final class PostOffice implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PostOffice.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration TIDY = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SqlLetterBox letters;
    private final Function<SinkSpec, Sink> sinks;
    private final News news;
    private final FleetMeters meters;
    private final Clock clock;
    private final Map<String, Round> rounds = new HashMap<>();
    private final List<Round> leaving = new ArrayList<>();
    private AlertSpec served = AlertSpec.USUAL;
    private Instant tidied = Instant.MIN;

    /** @param sinks makes a sink that has not connected to anything yet */
    public PostOffice(
            SqlLetterBox letters, Function<SinkSpec, Sink> sinks, News news, FleetMeters meters, Clock clock) {
        this.letters = letters;
        this.sinks = sinks;
        this.news = news;
        this.meters = meters;
        this.clock = clock;
    }

    /** What is to be told now, and to whom. */
    public record News(Supplier<AlertSpec> spec, Supplier<AlertBook> book) {}

    /** A courier at work. */
    private record Round(SinkSpec spec, Courier courier, Sink sink, ScheduledExecutorService thread) {

        /** After the letter that is on its way: an interrupt could break a file of the embedded database. */
        void end() {
            courier.stop();
            thread.execute(sink::close);
            thread.shutdown();
        }
    }

    /** Hires and dismisses couriers as the fleet file says. A new one begins when the one before has come back. */
    public synchronized void look() {
        var now = news.spec().get();
        if (!now.equals(served)) {
            var isOther = !now.policy().equals(served.policy());
            List.copyOf(rounds.values()).stream()
                    .filter(round -> isOther || !now.all().contains(round.spec()))
                    .forEach(this::dismiss);
            served = now;
            tidied = Instant.MIN;
        }
        leaving.removeIf(round -> round.thread().isTerminated());
        now.all().stream().filter(this::isVacant).forEach(sink -> hire(sink, now));
        if (tidied.isBefore(clock.instant().minus(TIDY))) {
            tidy(now);
        }
    }

    private boolean isVacant(SinkSpec sink) {
        return !rounds.containsKey(sink.name())
                && leaving.stream().noneMatch(round -> round.spec().name().equals(sink.name()));
    }

    private void tidy(AlertSpec now) {
        var names = now.all().stream().map(SinkSpec::name).collect(Collectors.toSet());
        var withdrawn = letters.tidy(names, clock.instant());
        if (withdrawn > 0) {
            LOG.warnf("letters-withdrawn because their sinks left the fleet file count=%d", withdrawn);
        }
        tidied = clock.instant();
    }

    /** How the telling goes, in the order of the fleet file. */
    public List<SinkView> standing() {
        return letters.standing(
                news.spec().get().all().stream().map(SinkSpec::name).toList());
    }

    private void hire(SinkSpec spec, AlertSpec alerts) {
        var sink = sinks.apply(spec);
        var watch = new Courier.Watch(clock, alerts.policy().giveUp(), () -> known(spec.name()), new PostLog(meters));
        var courier = new Courier(spec.name(), sink, letters, watch, new SplittableRandom());
        var thread = Executors.newSingleThreadScheduledExecutor(work -> thread(spec.name(), work));
        var every = EVERY.toMillis();
        thread.scheduleWithFixedDelay(() -> round(spec.name(), courier), every, every, TimeUnit.MILLISECONDS);
        rounds.put(spec.name(), new Round(spec, courier, sink, thread));
    }

    /** What is open, told to this sink, and held back by nobody. */
    private List<Alert> known(String sink) {
        return news.book().get().entries().values().stream()
                .filter(entry -> entry.told().containsKey(sink))
                .map(AlertBook.Entry::alert)
                .filter(alert -> alert.open() && alert.silencedBy().isEmpty())
                .toList();
    }

    private void dismiss(Round round) {
        rounds.remove(round.spec().name());
        round.end();
        leaving.add(round);
    }

    private static void round(String sink, Courier courier) {
        try {
            courier.round();
        } catch (StoreUnavailableException e) {
            LOG.warnf("letters-not-delivered sink=%s reason=%s", sink, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "letters-not-delivered sink=%s", sink);
        }
    }

    /** Waits a little for the letters that are on their way. */
    @Override
    public synchronized void close() {
        List.copyOf(rounds.values()).forEach(this::dismiss);
        var end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (var round : leaving) {
                round.thread().awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String sink, Runnable work) {
        var thread = new Thread(work, "alert-post-" + sink);
        thread.setDaemon(true);
        return thread;
    }
}
