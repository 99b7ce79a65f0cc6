package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.SpecProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Ends the reading of one part of the file; the reader goes on with the next part. */
final class SpecProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable SpecProblem problem;

    SpecProblemException(String path, Mark at, String message) {
        super(message);
        this.problem = new SpecProblem(path, at.getLine() + 1, at.getColumn() + 1, message);
    }

    private SpecProblemException() {
        super("a part of it is broken");
        this.problem = null;
    }

    /** For a part that cannot be built because of what has been noted already. */
    static SpecProblemException noted() {
        return new SpecProblemException();
    }

    /** Empty if there is nothing new to say. */
    Optional<SpecProblem> problem() {
        return Optional.ofNullable(problem);
    }
}
