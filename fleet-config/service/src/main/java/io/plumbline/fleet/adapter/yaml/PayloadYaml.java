package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.PayloadLayout.Codec;
import io.plumbline.contract.fleet.PayloadLayout.Field;
import io.plumbline.contract.fleet.PayloadLayout.Time;
import io.plumbline.contract.fleet.PayloadLayout.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code payload} of a stream. */
final class PayloadYaml {

    private static final Map<String, Codec> CODECS = Map.of(
            "json", Codec.JSON,
            "cbor", Codec.CBOR,
            "csv", Codec.CSV,
            "float32", Codec.FLOAT32,
            "int16", Codec.INT16,
            "sparkplug", Codec.SPARKPLUG);
    private static final Map<String, Unit> UNITS = Map.of("iso", Unit.ISO, "s", Unit.SECONDS, "ms", Unit.MILLIS);

    private PayloadYaml() {}

    static PayloadLayout layout(YamlValue value) {
        var payload = value.mapping(List.of("codec", "time", "seq", "fields"));
        var codec = oneOf(payload.required("codec"), CODECS);
        var fields = new ArrayList<Field>();
        payload.optional("fields")
                .ifPresent(all -> all.mapping().entries().forEach((name, place) -> fields.add(field(name, place))));
        var time = payload.optional("time").map(PayloadYaml::time);
        var sequence = payload.optional("seq").map(YamlValue::text);
        return value.whole(() -> new PayloadLayout(codec, fields, time, sequence));
    }

    private static Field field(String feature, YamlValue value) {
        if (value.isScalar()) {
            return Field.of(feature, value.text());
        }
        var field = value.mapping(List.of("at", "scale", "offset"));
        var at = field.required("at").text();
        double scale =
                field.optional("scale").map(v -> v.as(YamlScalars::number)).orElse(1.0);
        double offset =
                field.optional("offset").map(v -> v.as(YamlScalars::number)).orElse(0.0);
        return value.whole(() -> new Field(feature, at, scale, offset));
    }

    private static Time time(YamlValue value) {
        if (value.isScalar()) {
            return new Time(value.text(), Unit.ISO);
        }
        var time = value.mapping(List.of("at", "unit"));
        return new Time(
                time.required("at").text(),
                time.optional("unit").map(unit -> oneOf(unit, UNITS)).orElse(Unit.ISO));
    }

    private static <T> T oneOf(YamlValue value, Map<String, T> names) {
        var found = names.get(value.text());
        if (found == null) {
            throw value.unknown(
                    "known here", value.text(), names.keySet().stream().sorted().toList());
        }
        return found;
    }
}
