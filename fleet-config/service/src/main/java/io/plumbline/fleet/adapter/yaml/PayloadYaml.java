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
        var codec = payload.need("codec", v -> v.oneOf("a codec", CODECS));
        var fields = payload.may("fields", PayloadYaml::fields).orElse(List.of());
        var time = payload.may("time", PayloadYaml::time);
        var sequence = payload.may("seq", YamlValue::text);
        return payload.whole(() -> new PayloadLayout(codec.orElseThrow(), fields, time, sequence));
    }

    private static List<Field> fields(YamlValue section) {
        var fields = new ArrayList<Field>();
        section.mapping()
                .entries()
                .forEach((name, place) ->
                        section.findings().part(() -> field(name, place)).ifPresent(fields::add));
        return fields;
    }

    private static Field field(String feature, YamlValue value) {
        if (value.isScalar()) {
            return Field.of(feature, value.text());
        }
        var field = value.mapping(List.of("at", "scale", "offset"));
        var at = field.need("at", YamlValue::text);
        double scale = field.may("scale", v -> v.as(YamlScalars::number)).orElse(1.0);
        double offset = field.may("offset", v -> v.as(YamlScalars::number)).orElse(0.0);
        return field.whole(() -> new Field(feature, at.orElseThrow(), scale, offset));
    }

    private static Time time(YamlValue value) {
        if (value.isScalar()) {
            return new Time(value.text(), Unit.ISO);
        }
        var time = value.mapping(List.of("at", "unit"));
        var at = time.need("at", YamlValue::text);
        var unit = time.may("unit", v -> v.oneOf("a unit of time", UNITS)).orElse(Unit.ISO);
        return time.whole(() -> new Time(at.orElseThrow(), unit));
    }
}
