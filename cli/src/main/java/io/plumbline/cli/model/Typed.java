package io.plumbline.cli.model;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Names as people type them. */
final class Typed {

    private Typed() {}

    static Digest digest(CommandSpec spec, String text) {
        return checked(spec, text, Digest::new);
    }

    static ModelName model(CommandSpec spec, String text) {
        return checked(spec, text, ModelName::new);
    }

    static GatewayId gateway(CommandSpec spec, String text) {
        return checked(spec, text, GatewayId::new);
    }

    private static <T> T checked(CommandSpec spec, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
