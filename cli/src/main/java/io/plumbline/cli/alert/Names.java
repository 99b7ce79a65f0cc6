package io.plumbline.cli.alert;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names as people type them. */
final class Names {

    private Names() {}

    private static <T> T checked(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    static final class Models implements ITypeConverter<ModelName> {
        @Override
        public ModelName convert(String text) {
            return checked(text, ModelName::new);
        }
    }

    static final class Sites implements ITypeConverter<SiteId> {
        @Override
        public SiteId convert(String text) {
            return checked(text, SiteId::new);
        }
    }
}
