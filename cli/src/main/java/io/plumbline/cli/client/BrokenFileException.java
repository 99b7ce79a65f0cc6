package io.plumbline.cli.client;

import java.util.List;

/** The control plane refuses a fleet file; it tells everything that is wrong with it. */
public final class BrokenFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    BrokenFileException(String message, List<Problem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    /**
     * @param path nested keys joined by dots; empty for the whole file
     * @param line from 1
     * @param column from 1
     */
    public record Problem(String path, int line, int column, String message) {

        /** In the form that editors and terminals make a link of. */
        public String in(String file) {
            return file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + message;
        }
    }

    public List<Problem> problems() {
        return problems;
    }
}
