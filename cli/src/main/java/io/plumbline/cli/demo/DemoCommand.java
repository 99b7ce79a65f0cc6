package io.plumbline.cli.demo;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.Plant;
import io.plumbline.cli.proof.DemoReport;
import io.plumbline.cli.proof.Summary;
import io.plumbline.cli.show.Browser;
import io.plumbline.cli.show.LiveView;
import io.plumbline.cli.show.PlainView;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows the loop closing on real readings: embedded brokers, the four services, eight motes. "
                + "Exits 0 only if every turn closed the loop and every reading is accounted for.")
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--turns", description = "How many times the loop has to close (default: ${DEFAULT-VALUE}).")
    private int turns = 1;

    @Option(
            names = "--duration",
            description = "Wall time for all turns, such as 300s; the readings are replayed as fast as it takes "
                    + "(default: 180s, or 100s a turn).",
            converter = WallTime.class)
    private Optional<Duration> duration = Optional.empty();

    @Option(names = "--report", description = "Writes the report as JSON to this file.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--no-browser", description = "Does not try to open the page.")
    private boolean noBrowser;

    @Option(names = "--data", description = "Keeps data and logs in this folder (default: a new one below .plumbline).")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() throws DemoException {
        var start = launchMillis();
        var view = System.console() == null ? new PlainView(System.out) : new LiveView(System.out);
        var wall = duration.orElse(Duration.ofSeconds(Math.max(180, 100L * turns)));
        try {
            Schedule.of(turns, wall, Instant.now());
            var folder = folder();
            view.progress("starting brokers and services; logs in " + folder.resolve("logs"));
            try (var plant = Plant.start(Installation.here(), folder, DemoSettings.SERVICES)) {
                var stopper = stopOnSignal(plant);
                if (!noBrowser) {
                    Browser.open(plant.fleet());
                }
                var outcome = new Demo(plant, view, start).run(turns, wall);
                view.finish();
                Summary.lines(outcome).forEach(System.out::println);
                write(outcome);
                Runtime.getRuntime().removeShutdownHook(stopper);
                return outcome.closed() ? 0 : 1;
            }
        } catch (IllegalArgumentException
                | LaunchException
                | ClientException
                | ReplayException
                | ModelLoadException e) {
            throw new DemoException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new DemoException("a file cannot be written: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }

    /** When the launcher script began, so that building is not hidden and starting the JVM is counted. */
    private static long launchMillis() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .orElse(System.currentTimeMillis());
    }

    private Path folder() throws IOException {
        var folder = data.isPresent()
                ? data.get()
                : Installation.here()
                        .root()
                        .resolve(".plumbline/demo-" + Instant.now().getEpochSecond());
        return Files.createDirectories(folder).toAbsolutePath();
    }

    private static Thread stopOnSignal(Plant plant) {
        var stopper = new Thread(plant::close, "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(stopper);
        return stopper;
    }

    private void write(DemoReport outcome) throws IOException {
        if (report.isPresent()) {
            Files.writeString(report.get(), Json.pretty(outcome) + "\n");
        }
    }

    /** For tests of the settings that the demo runs with. */
    static Map<String, String> services() {
        return DemoSettings.SERVICES;
    }
}
