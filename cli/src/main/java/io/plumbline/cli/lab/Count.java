package io.plumbline.cli.lab;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number of at least 1 on the command line. */
public final class Count implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String word) {
        try {
            var number = Integer.parseInt(word);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as of a number that is too small
        }
        throw new TypeConversionException(word + " must be a whole number of at least 1");
    }
}
