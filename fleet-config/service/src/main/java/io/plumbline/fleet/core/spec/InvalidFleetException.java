package io.plumbline.fleet.core.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A fleet file that cannot be applied; nothing of it has been. */
public final class InvalidFleetException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<SpecProblem> problems;

    /** @param problems at least one */
    public InvalidFleetException(List<SpecProblem> problems) {
        super(problems.stream().map(SpecProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<SpecProblem> problems() {
        return problems;
    }
}
