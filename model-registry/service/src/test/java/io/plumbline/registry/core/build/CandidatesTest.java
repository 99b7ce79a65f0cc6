package io.plumbline.registry.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.artifact.QualityReport.Coverage;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.quantizer.auto.AutoSearch;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import io.plumbline.registry.core.recalibration.Candidates;
import io.plumbline.registry.core.recalibration.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CandidatesTest extends PushedClimate {

    @Test
    void ofTheRecipesOfTheSearchTheTwoNearestToFp32AreCandidatesBehindTheCautiousOne() throws Exception {
        // Given
        jobs.run(push("recipes: [static-minmax]"));
        var running = build("static-minmax");
        var order = new Effect.Build(
                request(running.manifest()), histograms(running), List.of(), CalibrationQuality.UNKNOWN, Instant.EPOCH);
        var later = new Effect.Build(
                order.request(),
                order.histograms(),
                List.of(),
                CalibrationQuality.UNKNOWN,
                Instant.EPOCH.plusMillis(1));

        // When
        var chosen = recipes(candidates(List.of()).build(order));

        // Then: as when all of them are made and measured
        var all = candidates(AutoSearch.calibrated()).build(later);
        var nearest = new ArrayList<>(all);
        nearest.sort(Comparator.comparingDouble(build -> -sqnr(build)));
        assertThat(chosen).hasSize(3).startsWith("static-minmax-margin");
        assertThat(chosen.subList(1, 3)).isEqualTo(recipes(nearest).subList(0, 2));
        assertThat(sqnr(nearest.get(0))).isGreaterThan(sqnr(nearest.get(3)));
        assertThat(recipes(candidates(List.of()).build(order)))
                .as("the same order again")
                .isEqualTo(chosen);
    }

    private Candidates candidates(List<Recipe> recipes) {
        return new Candidates(catalog, publisher, Workbench.Tools.of(new InProcess()), here(), recipes);
    }

    private List<String> recipes(List<Digest> builds) {
        return builds.stream()
                .map(build -> catalog.build(MODEL, build).orElseThrow().card().recipe())
                .toList();
    }

    private double sqnr(Digest build) {
        try {
            return quality(build).outputs().get(0).sqnrDb().orElse(Double.POSITIVE_INFINITY);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void candidatesHaveFreshRangesInTheOrderOfTheRecipes() throws Exception {
        // Given
        jobs.run(push("recipes: [dynamic, static-minmax]"));
        var recipes =
                List.of(Recipe.calibrated("minmax-margin"), Recipe.calibrated("minmax"), Recipe.calibrated("mse"));
        var candidates = new Candidates(catalog, publisher, Workbench.Tools.of(new InProcess()), here(), recipes);
        var running = build("static-minmax");
        var observed = histograms(running);

        // When
        var order = new Effect.Build(
                request(running.manifest()),
                observed,
                List.of(new Contribution(new GatewayId("gw-north"), new SiteId("north"), 24)),
                new CalibrationQuality(
                        List.of(new Coverage("humidity", 24, 1000, 0.5, 0.25)), List.of(new LabelCount("normal", 24))),
                Instant.EPOCH);
        var built = candidates.build(order);
        var after = view().builds();

        // Then
        var found = view().builds().stream()
                .filter(build -> built.contains(build.manifest()))
                .toList();
        assertThat(found).extracting(ModelView.Build::manifest).containsExactlyElementsOf(built);
        assertThat(found)
                .extracting(build -> build.card().recipe())
                .containsExactly("static-minmax-margin", "static-minmax", "static-mse");
        assertThat(found).allSatisfy(build -> assertThat(build.card().parent()).contains(running.manifest()));
        var quality = quality(built.get(1));
        assertThat(quality.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.cosineMin()).isBetween(0.9, 1.0));
        assertThat(quality.layers().orElseThrow().worst())
                .as("of what gateways observed, on the owner's samples")
                .isNotEmpty();
        assertThat(quality.calibration().orElseThrow().contributions())
                .extracting(Contribution::windows)
                .containsExactly(24L);
        assertThat(quality.calibration().orElseThrow().coverage())
                .contains(order.quality().coverage());
        assertThat(quality.calibration().orElseThrow().answers())
                .contains(order.quality().answers());
        assertThat(quality.calibration().orElseThrow().outside())
                .isNotEmpty()
                .allSatisfy(outside -> assertThat(outside.share()).isZero());
        assertThat(candidates.objection(request(running.manifest()))).isEmpty();
        assertThat(candidates.build(order)).as("the same order again").isEqualTo(built);
        assertThat(view().builds()).isEqualTo(after);
    }

    @Test
    void candidatesThatWereMadeBeforeTheProcessEndedAreNotMadeAgain() throws Exception {
        // Given: killed behind the first of two
        jobs.run(push("recipes: [static-minmax]"));
        var running = build("static-minmax");
        var order = new Effect.Build(
                request(running.manifest()), histograms(running), List.of(), CalibrationQuality.UNKNOWN, Instant.EPOCH);
        var first = List.of(Recipe.calibrated("minmax-margin"));
        var both = List.of(Recipe.calibrated("minmax-margin"), Recipe.calibrated("mse"));
        var made = new Candidates(catalog, publisher, Workbench.Tools.of(new InProcess()), here(), first).build(order);
        var runs = new AtomicInteger();
        Sandbox counting = (onnx, questions) -> {
            runs.incrementAndGet();
            return new InProcess().run(onnx, questions);
        };

        // When
        var candidates = new Candidates(catalog, publisher, Workbench.Tools.of(counting), here(), both).build(order);

        // Then
        assertThat(candidates).startsWith(made.get(0)).hasSize(2);
        assertThat(runs)
                .as("the model itself, and the candidate that was missing")
                .hasValue(2);
        assertThat(new Candidates(catalog, publisher, Workbench.Tools.of(counting), here(), both).build(order))
                .isEqualTo(candidates);
        assertThat(runs).hasValue(2);
        var later = new Effect.Build(
                order.request(),
                order.histograms(),
                List.of(),
                CalibrationQuality.UNKNOWN,
                Instant.EPOCH.plusMillis(1));
        assertThat(new Candidates(catalog, publisher, Workbench.Tools.of(counting), here(), both).build(later))
                .as("of another job")
                .doesNotContainAnyElementsOf(candidates);
    }

    @Test
    void aBuildWithoutCalibratedRangesIsNotRecalibrated() throws Exception {
        jobs.run(push("recipes: [dynamic]"));
        var running = build("dynamic").manifest();
        var candidates = new Candidates(
                catalog, publisher, Workbench.Tools.of(new InProcess()), here(), List.of(Recipe.calibrated("minmax")));
        assertThat(candidates.objection(request(running)))
                .contains("build " + running.shortHex()
                        + " of recipe dynamic has no calibrated ranges: there is nothing to recalibrate");
        var other = Digest.of(new byte[] {1});
        assertThat(candidates.objection(request(other))).contains("build " + other + " is not in the registry");
    }
}
