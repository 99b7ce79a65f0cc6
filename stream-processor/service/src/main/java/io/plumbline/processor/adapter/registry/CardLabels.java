package io.plumbline.processor.adapter.registry;

import io.plumbline.contract.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The answers that a model can give, as its card lists them under {@code output.labels}. */
final class CardLabels {

    private CardLabels() {}

    /** @throws MalformedMessageException if there is no such list */
    static List<String> of(byte[] card) {
        Object document;
        try {
            document =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(card, StandardCharsets.UTF_8));
        } catch (YAMLException e) {
            throw new MalformedMessageException("the model card is not YAML", e);
        }
        if (document instanceof Map<?, ?> fields
                && fields.get("output") instanceof Map<?, ?> output
                && output.get("labels") instanceof List<?> labels) {
            return labels.stream().map(String::valueOf).toList();
        }
        throw new MalformedMessageException("the model card has no list output.labels");
    }
}
