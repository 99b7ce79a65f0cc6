package io.plumbline.processor.topology;

import static org.apache.kafka.streams.state.Stores.keyValueStoreBuilder;

import io.plumbline.contract.wire.Counts;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.cohort.CohortState;
import io.plumbline.judging.cohort.LabelBucket;
import io.plumbline.judging.cohort.WindowState;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.Pair;
import io.plumbline.judging.recalibration.RecalibrationLedger;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Every state store: without a cache, with a compacted changelog. The names are part of the changelog topics'
 * names, so a renamed store forgets.
 *
 * @param <T> of the values
 */
record Stores<T>(String name, Class<T> type) {

    static final Stores<Pair> PAIRS = new Stores<>("pairs", Pair.class);
    static final Stores<LabelDesk.DeviceClock> CLOCKS = new Stores<>("device-clocks", LabelDesk.DeviceClock.class);
    static final Stores<CohortState> COHORTS = new Stores<>("cohorts", CohortState.class);
    static final Stores<WindowState> WINDOWS = new Stores<>("windows", WindowState.class);
    static final Stores<LabelBucket> LABELS = new Stores<>("labels", LabelBucket.class);
    static final Stores<Counts> CONFIDENCES = new Stores<>("confidences", Counts.class);
    static final Stores<RecalibrationLedger> LEDGERS = new Stores<>("ledgers", RecalibrationLedger.class);

    static List<Stores<?>> all() {
        return List.of(PAIRS, CLOCKS, COHORTS, WINDOWS, LABELS, CONFIDENCES, LEDGERS);
    }

    static CohortShelf shelf(ProcessingContext context) {
        return new CohortShelf(COHORTS.in(context), WINDOWS.in(context), LABELS.in(context), CONFIDENCES.in(context));
    }

    StoreState<T> in(ProcessingContext context) {
        KeyValueStore<String, T> store = context.getStateStore(name);
        return new StoreState<>(store);
    }

    StoreBuilder<? extends StateStore> builder(Function<String, KeyValueBytesStoreSupplier> medium) {
        return keyValueStoreBuilder(medium.apply(name), Serdes.String(), new JsonSerde<>(type))
                .withCachingDisabled();
    }
}
