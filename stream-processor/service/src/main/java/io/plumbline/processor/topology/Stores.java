package io.plumbline.processor.topology;

import static org.apache.kafka.streams.state.Stores.keyValueStoreBuilder;

import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.wire.Counts;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.cohort.CohortState;
import io.plumbline.judging.cohort.LabelBucket;
import io.plumbline.judging.cohort.WindowState;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.Pair;
import io.plumbline.judging.recalibration.RecalibrationLedger;
import io.plumbline.processor.state.Layouts;
import io.plumbline.processor.state.StateCodec;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Every state store, with a compacted changelog. What every label reads and writes is kept as {@link Layouts bytes of its own}, the rest as JSON, of
 * which a record class is the schema; only the processor reads either. The names are part of the changelog topics' names, so a renamed store forgets.
 *
 * @param <T> of the values, immutable
 * @param changes whether the same values change again and again: then each is written to disk and changelog once per commit
 * @param kept how many values of a task are kept decoded; what each step looks at again and again should fit, and what it looks at once
 *     and late need not
 */
record Stores<T>(String name, StateCodec<T> codec, boolean changes, int kept) {

    static final Stores<Pair> PAIRS = new Stores<>("pairs", Layouts.PAIR, false, 0);
    static final Stores<LabelDesk.DeviceClock> CLOCKS = new Stores<>("device-clocks", Layouts.CLOCK, false, 32_768);
    static final Stores<CohortState> COHORTS = new Stores<>("cohorts", Layouts.COHORT, true, 2_048);
    static final Stores<WindowState> WINDOWS = new Stores<>("windows", StateCodec.json(WindowState.class), true, 1_024);
    static final Stores<LabelBucket> LABELS = new Stores<>("labels", Layouts.BUCKET, true, 1_024);
    static final Stores<Counts> CONFIDENCES = new Stores<>("confidences", Layouts.COUNTS, true, 2_048);
    static final Stores<Fidelity> TOTALS = new Stores<>("totals", StateCodec.json(Fidelity.class), true, 2_048);
    static final Stores<RecalibrationLedger> LEDGERS =
            new Stores<>("ledgers", StateCodec.json(RecalibrationLedger.class), false, 64);

    static List<Stores<?>> all() {
        return List.of(PAIRS, CLOCKS, COHORTS, WINDOWS, LABELS, CONFIDENCES, TOTALS, LEDGERS);
    }

    static CohortShelf shelf(ProcessingContext context) {
        return new CohortShelf(
                COHORTS.in(context),
                WINDOWS.in(context),
                LABELS.in(context),
                CONFIDENCES.in(context),
                TOTALS.in(context));
    }

    StoreState<T> in(ProcessingContext context) {
        KeyValueStore<String, byte[]> store = context.getStateStore(name);
        return new StoreState<>(store, codec, kept);
    }

    StoreBuilder<? extends StateStore> builder(Function<String, KeyValueBytesStoreSupplier> medium) {
        var builder = keyValueStoreBuilder(medium.apply(name), Serdes.String(), Serdes.ByteArray());
        return changes ? builder.withCachingEnabled() : builder.withCachingDisabled();
    }
}
