package io.plumbline.fleet.core.spec;

/**
 * One thing that is wrong with a fleet file.
 *
 * @param path where, as the names of the nested keys joined by dots; empty for the file as a whole
 * @param line from 1
 * @param column from 1
 * @param message value, rule and, where there is one, the nearest valid name
 */
public record SpecProblem(String path, int line, int column, String message) {

    /** In the form that editors and terminals make a link of. */
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + said();
    }

    private String said() {
        return (path.isEmpty() ? "" : path + ": ") + message;
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + said();
    }
}
