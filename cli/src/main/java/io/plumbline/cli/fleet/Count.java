package io.plumbline.cli.fleet;

/** So many of something. */
final class Count {

    private Count() {}

    static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
