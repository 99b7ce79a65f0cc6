package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.SpecProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file, gathered while the rest of it is read. Not thread-safe. */
final class Findings {

    private final List<SpecProblem> all = new ArrayList<>();

    /** Reads one part; what is wrong with it is noted, and the others are still looked at. */
    <T> Optional<T> part(Supplier<@Nullable T> read) {
        try {
            return Optional.ofNullable(read.get());
        } catch (SpecProblemException e) {
            note(e);
            return Optional.empty();
        }
    }

    void note(SpecProblemException e) {
        e.problem().ifPresent(all::add);
    }

    /** How much has been noted so far; a part during which it grows is broken. */
    int count() {
        return all.size();
    }

    /** In the order of the file, each once. */
    List<SpecProblem> inOrder() {
        return all.stream()
                .distinct()
                .sorted(Comparator.comparingInt(SpecProblem::line).thenComparingInt(SpecProblem::column))
                .toList();
    }
}
