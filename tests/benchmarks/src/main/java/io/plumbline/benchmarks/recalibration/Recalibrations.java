package io.plumbline.benchmarks.recalibration;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.drift.chance.Proportion;
import java.nio.file.Files;
import java.nio.file.Path;

/** How far recalibration brings INT8 back to FP32, where it does, and what is said where it cannot. */
public final class Recalibrations implements Bench.Benchmark {

    @Override
    public Figures run(boolean quick) throws Exception {
        var data =
                Path.of(System.getProperty("plumbline.root"), "../shared/data").normalize();
        if (!Files.isDirectory(data)) {
            throw new IllegalStateException(data + " is not there, and with it the rooms and frames to recalibrate on");
        }
        var folder = Files.createTempDirectory("plumbline-recalibration");
        var figures = new Figures();
        drifted(DriftedRoom.play(data, folder.resolve("occ5")), figures);
        hopeless(HopelessRoom.play(data, folder.resolve("occ2")), figures);
        var night = NightCamera.play(data, folder.resolve("fastestdet"));
        job("fastestdet", night.job(), figures);
        sealed("fastestdet", night.sealed(), figures);
        return figures;
    }

    private static void drifted(DriftedRoom.Result result, Figures figures) {
        job("occ5", result.job(), figures);
        figures.add("occ5.logits.before", result.logitsBefore());
        figures.add("occ5.logits.after", result.logitsAfter());
        sealed("occ5", result.sealed(), figures);
    }

    private static void job(String model, Recalibration job, Figures figures) {
        System.out.println(model + ": " + job.because());
        agreement(model + ".agreement.before", job.before(), figures);
        agreement(model + ".agreement.after", job.after(), figures);
        figures.add(model + ".distance.before", Recalibration.distance(job.before()));
        figures.add(model + ".distance.after", Recalibration.distance(job.after()));
        figures.add(model + ".holdout", job.after().windows());
    }

    private static void agreement(String name, CandidateScore score, Figures figures) {
        var fidelity = score.fidelity();
        figures.share(name, new Proportion(fidelity.agreed(), fidelity.compared()));
        fidelity.classes()
                .forEach(one -> figures.share(
                        name + "." + one.label().replace(' ', '-'), new Proportion(one.agreed(), one.compared())));
    }

    private static void hopeless(HopelessRoom.Result result, Figures figures) {
        System.out.println("occ2: exit code " + result.command().exit() + ", "
                + result.command().out().strip());
        figures.add("occ2.refused", result.posted().step().equals("REFUSED") ? 1 : 0);
        figures.add("occ2.exitCode", result.command().exit());
        figures.add("occ2.accuracy", result.verdict().accuracy().orElse(Double.NaN));
        figures.add(
                "occ2.agreement",
                (double) result.verdict().fidelity().agreed()
                        / result.verdict().fidelity().compared());
        figures.add("occ2.requests", result.requests());
        sealed("occ2", result.sealed(), figures);
    }

    private static void sealed(String model, Sealed sealed, Figures figures) {
        sealed.found().forEach(one -> System.out.println(model + " LEFT: " + one));
        figures.add(model + ".lookedAt", sealed.looks());
        figures.add(model + ".lookedAtMb", sealed.bytes() / 1e6);
        figures.add(model + ".left", sealed.found().size());
    }
}
