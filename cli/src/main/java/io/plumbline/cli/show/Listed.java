package io.plumbline.cli.show;

import java.util.List;
import java.util.function.Supplier;

/**
 * What there is to see.
 *
 * @param records for programs
 * @param lines for people; made where they are wanted
 */
public record Listed(Object records, Supplier<List<String>> lines) {}
