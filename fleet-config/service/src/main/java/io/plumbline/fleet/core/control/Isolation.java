package io.plumbline.fleet.core.control;

import io.plumbline.database.StoreUnavailableException;
import java.util.Optional;

/** Runs things that have nothing to do with each other: a bug in one holds up none of the others. Not thread-safe. */
final class Isolation {

    private Optional<RuntimeException> first = Optional.empty();

    /** @throws StoreUnavailableException at once: nothing that comes after could be kept either */
    void run(Runnable one) {
        try {
            one.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException bug) {
            first.ifPresentOrElse(before -> before.addSuppressed(bug), () -> first = Optional.of(bug));
        }
    }

    /** Throws what the first one that failed threw, with what others threw. */
    void end() {
        first.ifPresent(bug -> {
            throw bug;
        });
    }
}
