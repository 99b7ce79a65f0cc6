package io.plumbline.cli.demo;

import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.launch.Children;
import io.plumbline.cli.launch.ChosenPorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.Plant;
import io.plumbline.cli.launch.PortOptions;
import io.plumbline.cli.proof.DemoReport;
import io.plumbline.cli.proof.ReportFile;
import io.plumbline.cli.proof.Summary;
import io.plumbline.cli.show.Browser;
import io.plumbline.cli.show.LiveView;
import io.plumbline.cli.show.PlainView;
import io.plumbline.cli.show.Terminal;
import io.plumbline.cli.show.View;
import io.plumbline.client.ClientException;
import io.plumbline.inference.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Mixin
    private PortOptions portOptions = new PortOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What the person asked for, checked before anything starts. */
    private record Order(Duration wall, ChosenPorts ports, Optional<ReportFile> report) {}

    @Override
    public Integer call() throws DemoException {
        var order = order();
        var view = Terminal.isAttached() ? new LiveView(System.out) : new PlainView(System.out);
        var restore = new Thread(view::finish, "restore-terminal");
        Runtime.getRuntime().addShutdownHook(restore);
        try {
            return play(order, view);
        } catch (LaunchException | ClientException | ReplayException | ModelLoadException e) {
            throw new DemoException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new DemoException("a file cannot be written: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        } finally {
            view.finish();
        }
    }

    private Order order() {
        try {
            var wall = duration.orElse(Duration.ofSeconds(Math.max(180, 100L * turns)));
            var unused = Schedule.of(turns, wall, Instant.now());
            requireEmpty();
            return new Order(wall, portOptions.chosen(), report.map(ReportFile::at));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What an earlier run left in the brokers would be counted as this run's. */
    private void requireEmpty() {
        if (data.isEmpty() || Files.notExists(data.get())) {
            return;
        }
        try (var files = Files.newDirectoryStream(data.get())) {
            if (!files.iterator().hasNext()) {
                return;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--data " + data.get() + " must be a folder that can be read: " + e, e);
        }
        throw new IllegalArgumentException("--data " + data.get()
                + " must be new or empty, for the readings of another run would be counted too: give another folder");
    }

    private int play(Order order, View view)
            throws LaunchException, ClientException, ReplayException, ModelLoadException, IOException,
                    InterruptedException {
        var folder = folder();
        view.progress("starting brokers and services; logs in " + folder.resolve("logs"));
        try (var plant = Plant.start(Installation.here(), folder, DemoSettings.SERVICES, order.ports())) {
            if (!noBrowser && Browser.open(plant.fleet())) {
                view.progress("the page opens in the browser: " + plant.fleet());
            }
            var demo = new Demo(plant, view, launchMillis());
            var outcome = outcome(demo, order);
            view.finish();
            Summary.lines(outcome).forEach(System.out::println);
            write(order, outcome);
            return outcome.closed() ? 0 : 1;
        }
    }

    /** A failure is reported too, since a missing report proves nothing. */
    private DemoReport outcome(Demo demo, Order order)
            throws LaunchException, ClientException, ReplayException, ModelLoadException, IOException,
                    InterruptedException {
        try {
            return demo.run(turns, order.wall());
        } catch (LaunchException | ClientException | ReplayException | ModelLoadException | RuntimeException e) {
            write(order, demo.abandoned(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private static void write(Order order, DemoReport outcome) throws IOException {
        if (order.report().isPresent() && !Children.areBeingStopped()) {
            order.report().get().write(outcome);
        }
    }

    /** When the product, built, was started; by hand, without the launcher: when this process began. */
    private static long launchMillis() {
        var started = Long.getLong("plumbline.started");
        if (started != null) {
            return started;
        }
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
}
