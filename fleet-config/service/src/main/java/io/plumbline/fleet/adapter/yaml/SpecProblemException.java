package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.SpecProblem;
import org.yaml.snakeyaml.error.Mark;

/** Ends the reading of one part of the file; the reader goes on with the next part. */
final class SpecProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SpecProblem problem;

    SpecProblemException(String path, Mark at, String message) {
        super(message);
        this.problem = new SpecProblem(path, at.getLine() + 1, at.getColumn() + 1, message);
    }

    SpecProblem problem() {
        return problem;
    }
}
