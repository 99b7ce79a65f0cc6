package io.plumbline.cli.demo;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.Plant;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.proof.Account;
import io.plumbline.cli.proof.DemoReport;
import io.plumbline.cli.proof.Harness;
import io.plumbline.cli.show.View;
import io.plumbline.cli.topic.Copies;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.inference.ModelLoadException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The demo from first to last: stage, turns, account, report. */
final class Demo {

    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration FINISH_LOOP = Duration.ofSeconds(20);
    /** After the last result, for repetitions that come late: they must be counted too. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Plant plant;
    private final View view;
    private final long startMillis;
    private final ClimateReadings readings = ClimateReadings.bundled();
    private final Account account = new Account();
    private final LoopWatch watch = new LoopWatch();
    private final List<TurnRun> runs = new ArrayList<>();
    private volatile long firstInferenceMillis;
    private long peakRss;

    Demo(Plant plant, View view, long startMillis) {
        this.plant = plant;
        this.view = view;
        this.startMillis = startMillis;
    }

    DemoReport run(int turns, Duration duration)
            throws ClientException, LaunchException, ReplayException, InterruptedException, ModelLoadException {
        view.progress("starting the gateways, pushing the model and letting the registry quantize it");
        var stage = new Stage(plant);
        var build = stage.open(readings);
        view.event("build " + build.shortHex() + " is deployed, calibrated on one quiet indoor hour");
        view.event("page: " + plant.fleet());
        var schedule = Schedule.of(turns, left(duration), Instant.now());
        var kafka = plant.brokers().ports().bootstrapServers();
        try (var results = TopicReader.fromBeginning(
                        kafka, List.of(Topics.RESULTS, Topics.DEAD_LETTERS), new Copies(this::count));
                var control = TopicReader.fromBeginning(kafka, LoopWatch.TOPICS, watch::hear);
                var labels = new Labels(kafka);
                var motes = new MoteFleet(plant.brokers().ports().mqttUrl())) {
            var outlets = new Replay.Outlets(motes, labels, account);
            for (int number = 1; number <= turns; number++) {
                build = play(Turn.of(number), schedule, build, outlets);
            }
            settle();
        }
        view.progress("scoring old and new builds on the same readings");
        return new Verification(new Harness(stage.registry(), Stage.MODEL), account).report(runs, build, measured());
    }

    /** What the schedule may use: the start has taken its part already. */
    private Duration left(Duration duration) {
        var spent = Duration.ofMillis(System.currentTimeMillis() - startMillis);
        return duration.minus(spent).plus(Schedule.START_ALLOWANCE);
    }

    private Digest play(Turn turn, Schedule schedule, Digest build, Replay.Outlets outlets)
            throws ClientException, LaunchException, ReplayException, InterruptedException {
        var stretch = schedule.stretch(turn, readings.motes());
        var run = new TurnRun(turn, stretch, build, System.currentTimeMillis(), watch);
        runs.add(run);
        view.event(
                "turn " + turn.number() + " begins: " + stretch.transformation().describe());
        var replay = new Replay(stretch, schedule.speed(), outlets).start();
        var fleet = new FleetClient(plant.fleet());
        var story = new Story(run, view);
        var endedAt = Long.MAX_VALUE;
        while (!(replay.hasEnded() && (run.isSettled() || System.currentTimeMillis() > endedAt))) {
            Thread.sleep(LOOK.toMillis());
            plant.requireAlive();
            peakRss = Math.max(peakRss, ResidentMemory.bytes(plant.processes()));
            view.state(run.headline(schedule.turns()), fleet.overview());
            story.tell();
            if (replay.hasEnded() && endedAt == Long.MAX_VALUE) {
                endedAt = System.currentTimeMillis() + FINISH_LOOP.toMillis();
            }
        }
        if (!replay.problem().isEmpty()) {
            throw new ReplayException(replay.problem());
        }
        return watch.running().orElse(build);
    }

    private void count(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.DEAD_LETTERS)) {
            account.deadLetter(record.value());
            return;
        }
        var result = InferenceResult.from(record.value());
        if (firstInferenceMillis == 0 && result.prediction().isPresent()) {
            firstInferenceMillis = System.currentTimeMillis();
        }
        account.result(result.event());
    }

    private void settle() throws InterruptedException {
        view.progress("waiting for the last results");
        var deadline = System.nanoTime() + SETTLE.toNanos();
        while (account.outstanding() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK.toMillis());
        }
        Thread.sleep(QUIET.toMillis());
    }

    private Verification.Measured measured() {
        return new Verification.Measured(secondsToFirstInference(), peakRss >> 20);
    }

    /** -1 if there was none. */
    private double secondsToFirstInference() {
        return firstInferenceMillis == 0 ? -1 : (firstInferenceMillis - startMillis) / 1000.0;
    }

    /** The report when the demo cannot go on. */
    DemoReport abandoned(String problem) {
        return DemoReport.abandoned(account.totals(), secondsToFirstInference(), problem);
    }
}
