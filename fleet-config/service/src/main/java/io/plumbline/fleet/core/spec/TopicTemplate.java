package io.plumbline.fleet.core.spec;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An MQTT topic with the named levels <code>{site}</code>, <code>{device}</code> and <code>{edge}</code>, each at most once and a whole
 * level; <code>{device}</code> must be there, and <code>{edge}</code> may be anything. Wildcards are not allowed: the names say what varies.
 */
public record TopicTemplate(String value) {

    private static final List<String> NAMED = List.of("{site}", "{device}", "{edge}");

    /** @throws IllegalArgumentException with the rule that is broken */
    public TopicTemplate {
        var levels = Arrays.asList(value.split("/", -1));
        for (var level : levels) {
            requireLevel(value, level);
        }
        for (var name : NAMED) {
            require(levels.stream().filter(name::equals).count() <= 1, value, "must have " + name + " only once");
        }
        require(levels.contains("{device}"), value, "must have {device} as a whole level, it tells devices apart");
    }

    /** Its levels. */
    List<String> names() {
        return Arrays.asList(value.split("/", -1));
    }

    /** Whether there can be a topic that both take on one site. */
    boolean overlaps(TopicTemplate other) {
        var mine = value.split("/");
        var theirs = other.value.split("/");
        return mine.length == theirs.length
                && IntStream.range(0, mine.length)
                        .allMatch(
                                i -> mine[i].equals(theirs[i]) || NAMED.contains(mine[i]) || NAMED.contains(theirs[i]));
    }

    private static void requireLevel(String topic, String level) {
        require(!level.isEmpty(), topic, "must not have an empty level");
        require(level.indexOf('+') < 0 && level.indexOf('#') < 0, topic, "must not have the wildcards + and #");
        var named = level.indexOf('{') >= 0 || level.indexOf('}') >= 0;
        require(!named || NAMED.contains(level), topic, "may name only the whole levels {site}, {device} and {edge}");
    }

    private static void require(boolean kept, String topic, String rule) {
        if (!kept) {
            throw new IllegalArgumentException("'" + topic + "' " + rule);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
