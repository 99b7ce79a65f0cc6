package io.plumbline.benchmarks;

import io.plumbline.benchmarks.naive.BareFrames;
import io.plumbline.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Camera frames through the packaged gateway, FastestDet in static INT8, beside a bare loop that decodes, resizes and runs the
 * same build in a JVM of its own with the gateway's flags, interleaved in one run. The gateway also takes the frames from
 * MQTT, reads boxes, computes statistics, writes its outbox, and its results are in Kafka when they count.
 */
final class CameraPath implements Bench.Benchmark {

    @Override
    public Figures run(boolean quick) throws Exception {
        var shared =
                Path.of(System.getProperty("plumbline.root"), "../shared/data").normalize();
        if (!Files.isDirectory(shared)) {
            throw new IOException("camera-path needs FastestDet and its frames in " + shared
                    + ", which are not part of the project; it is not there");
        }
        var repetitions = quick ? 1 : 5;
        var count = quick ? 300 : 800;
        var figures = new Figures();
        var folder = Files.createTempDirectory("camera-path");
        try (var rig = Rig.start(folder, Work.cameras(shared))) {
            for (int repetition = 0; repetition < repetitions; repetition++) {
                bare(rig, shared, count, figures);
                gateway(rig, count, figures);
                figures.add("framesVsBareLoop", figures.last("framesPerSecond") / figures.last("bareFramesPerSecond"));
            }
        }
        return figures;
    }

    private static void bare(Rig rig, Path shared, int count, Figures figures) throws IOException {
        try (var loop = Child.start(
                Child.GATEWAY_FLAGS,
                BareFrames.class,
                rig.log(),
                rig.modelFile().toString(),
                rig.cardFile().toString(),
                Work.frames(shared).toString())) {
            round(loop, count / 2);
            var cpu = Child.cpu(loop.pid());
            var start = System.nanoTime();
            round(loop, count);
            figures.add("bareFramesPerSecond", count / ((System.nanoTime() - start) / 1e9));
            figures.add(
                    "bareCpuMillisPerFrame", Child.cpu(loop.pid()).minus(cpu).toNanos() / 1e6 / count);
        }
    }

    private static void round(Child loop, int count) throws IOException {
        loop.say(String.valueOf(count));
        loop.expect("ROUND");
    }

    private static void gateway(Rig rig, int count, Figures figures) throws Exception {
        rig.startGateway();
        try {
            SensorPath.round(rig, Rig.SITE, Topics.RESULTS, count / 2, rig.gatewayPid());
            var round = SensorPath.round(rig, Rig.SITE, Topics.RESULTS, count, rig.gatewayPid());
            figures.add("framesPerSecond", round.perSecond());
            figures.add("cpuMillisPerFrame", round.cpuMicros() / 1e3);
        } finally {
            rig.stopGateway();
        }
        figures.add("rssMb", rig.gatewayRssMb());
    }
}
