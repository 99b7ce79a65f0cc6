package io.plumbline.cli.option;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Names as people type them. */
public final class Typed {

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private Typed() {}

    public static Digest digest(CommandSpec spec, String text) {
        return checked(spec, text, Digest::new);
    }

    public static ModelName model(CommandSpec spec, String text) {
        return checked(spec, text, ModelName::new);
    }

    public static GatewayId gateway(CommandSpec spec, String text) {
        return checked(spec, text, GatewayId::new);
    }

    /** A name for a manifest, by the rule of the OCI distribution specification. */
    public static String tag(CommandSpec spec, String text) {
        return checked(spec, text, Typed::checkedTag);
    }

    private static String checkedTag(String text) {
        if (!TAG.matcher(text).matches()) {
            throw new IllegalArgumentException("tag '" + text
                    + "' must be 1 to 128 letters, digits, '.', '_' and '-', and must not begin with '.' or '-'");
        }
        return text;
    }

    /**
     * @param parse refuses with IllegalArgumentException, whose message is for people
     * @throws ParameterException with that message
     */
    public static <T> T checked(CommandSpec spec, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
