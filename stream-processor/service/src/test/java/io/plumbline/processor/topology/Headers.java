package io.plumbline.processor.topology;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;

/** Record headers as text. */
final class Headers {

    private Headers() {}

    static Map<String, String> of(TestRecord<?, ?> record) {
        Map<String, String> all = new LinkedHashMap<>();
        record.headers().forEach(header -> all.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return all;
    }
}
