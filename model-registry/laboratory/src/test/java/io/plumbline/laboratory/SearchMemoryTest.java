package io.plumbline.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.auto.AutoSearch;
import io.plumbline.quantizer.auto.Foundry;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.auto.Laboratory;
import io.plumbline.quantizer.calibration.Histogram;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a search keeps while it goes on, counted by the builds that somebody still holds. */
class SearchMemoryTest {

    /** Nothing reaches it: everything is tried. */
    private static final Goal BEYOND = new Goal(Goal.Figure.SQNR, 300, Goal.Measure.LATENCY);

    @Test
    void noBuildIsHeldOnceItIsMeasured() throws Exception {
        var counted = search(BEYOND);
        assertThat(counted.measured).hasSizeGreaterThan(8);
        assertThat(counted.mostHeld).isZero();
    }

    private static CountedLaboratory search(Goal goal) throws Exception {
        var shapes = Shapes.read();
        var fp32 = OrtEngine.load(shapes.model(), EngineOptions.DEFAULT);
        var few = shapes.calibration().subList(0, 2);
        try (var real = new OrtLaboratory(fp32, Optional.of(few), few)) {
            var counted = new CountedLaboratory(real);
            var settings = new Foundry.Settings("s", DynamicOptions.DEFAULT, StaticOptions.DEFAULT);
            var foundry = new Foundry(OnnxModel.parse(shapes.model()), settings, new OrtRuntime(), counted);
            var budget = new AutoSearch.Budget(Clock.systemUTC(), Duration.ofMinutes(2), trial -> {});
            assertThat(new AutoSearch(foundry, counted, goal, budget).search().chosen())
                    .isEmpty();
            return counted;
        }
    }

    /** Counts, when a build is to be measured, how many of the earlier ones are still held; times none, which takes long. */
    private static final class CountedLaboratory implements Laboratory {

        private final Laboratory real;
        private final List<WeakReference<OnnxModel>> measured = new ArrayList<>();
        private long mostHeld;

        private CountedLaboratory(Laboratory real) {
            this.real = real;
        }

        @Override
        public boolean canCalibrate() {
            return real.canCalibrate();
        }

        @Override
        public Map<String, Histogram> observe(OnnxModel observed, List<String> tensors)
                throws UnsupportedGraphException {
            return real.observe(observed, tensors);
        }

        @Override
        public Measured measure(OnnxModel candidate) throws UnsupportedGraphException {
            System.gc();
            var held = measured.stream().filter(one -> one.get() != null).count();
            mostHeld = Math.max(mostHeld, held);
            measured.add(new WeakReference<>(candidate));
            return new Measured(1, Map.of(), OptionalDouble.empty(), 1, 1);
        }

        @Override
        public Map<String, Closeness> compareOutputs(OnnxModel candidate) throws UnsupportedGraphException {
            return real.compareOutputs(candidate);
        }

        @Override
        public Map<String, Closeness> compareLayers(OnnxModel source, OnnxModel candidate)
                throws UnsupportedGraphException {
            return real.compareLayers(source, candidate);
        }
    }
}
