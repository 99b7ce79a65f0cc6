package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.wire.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the fleet file says about alerts.
 *
 * @param sinks beside the topic, names unique, at most 16: each has a thread of its own
 */
public record AlertSpec(AlertPolicy policy, List<SinkSpec> sinks) {

    public static final AlertSpec USUAL = new AlertSpec(AlertPolicy.USUAL, List.of());

    private static final int MAX_SINKS = 16;

    public AlertSpec {
        sinks = List.copyOf(sinks);
        Require.that(sinks.size() <= MAX_SINKS, "there are " + sinks.size() + " sinks; at most 16 are allowed");
        var names = new HashSet<String>();
        for (var sink : sinks) {
            Require.that(
                    !sink.name().equals(SinkSpec.TOPIC.name()),
                    "sink '" + sink.name() + "' is always there, for the topic; give yours another name");
            Require.that(names.add(sink.name()), "sink '" + sink.name() + "' must not be there twice");
        }
    }

    /** The topic, which is always there, and the others. */
    public List<SinkSpec> all() {
        return Stream.concat(Stream.of(SinkSpec.TOPIC), sinks.stream()).toList();
    }

    public Optional<SinkSpec> sink(String name) {
        return all().stream().filter(sink -> sink.name().equals(name)).findFirst();
    }
}
