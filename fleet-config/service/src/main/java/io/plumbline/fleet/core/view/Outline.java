package io.plumbline.fleet.core.view;

import io.plumbline.contract.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A nested record as flat entries, under names like those of the fleet file. Pure. */
final class Outline {

    /** Parts that the file does not have; what they hold is in the part around them. */
    private static final Set<String> INNER =
            Set.of("policy", "target", "login", "subscription", "windowing", "value", "judging", "usual");

    private static final Set<String> NAMED_BY_PEOPLE = Set.of("sites", "models", "streams");
    private static final List<String> NAMES = List.of("stream", "name", "device", "feature");

    /** The policy of rollouts has parts that the file does not name. */
    private static final Pattern ROLLOUT = Pattern.compile("rollout|models\\.[^.]+\\.rollout");

    private static final Set<String> PARTS_OF_ROLLOUT = Set.of("waves", "devices", "quality", "schedule");

    /** Labels of a gateway stand beside its name, those that a stream asks for without a word between. */
    private static final Pattern SITE = Pattern.compile("sites\\.[^.]+");

    private static final Pattern SELECTOR = Pattern.compile("streams\\.[^.]+\\.gateways");

    private final List<Entry> entries = new ArrayList<>();

    private Outline() {}

    /** @param listed whether it is an element of a list, where a path has several values */
    record Entry(String path, String value, boolean listed) {}

    static List<Entry> of(Object record) {
        var outline = new Outline();
        outline.add("", Json.decode(Json.encode(record), Object.class), false);
        return outline.entries;
    }

    private void add(String path, Object node, boolean listed) {
        if (node instanceof Map<?, ?> mapping) {
            mapping.forEach((key, value) -> add(below(path, String.valueOf(key)), value, false));
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                addElement(path, i, list.get(i));
            }
        } else {
            entries.add(new Entry(path, String.valueOf(node), listed));
        }
    }

    /** An element that has a name goes by it, so that its neighbours may change. */
    private void addElement(String path, int index, Object element) {
        if (element instanceof Map<?, ?> mapping) {
            var name = NAMES.stream()
                    .flatMap(key -> Stream.ofNullable(mapping.get(key)))
                    .findFirst();
            add(below(path, name.map(String::valueOf).orElseGet(() -> Integer.toString(index))), element, false);
        } else {
            add(path, element, true);
        }
    }

    private static String below(String path, String key) {
        if (key.equals("own") && path.isEmpty()) {
            return "models";
        }
        if (key.equals("own") && SITE.matcher(path).matches()) {
            return path + ".gateways";
        }
        if (key.equals("labels") && SELECTOR.matcher(path).matches()) {
            return path;
        }
        if (ROLLOUT.matcher(path).matches()) {
            return PARTS_OF_ROLLOUT.contains(key) ? path : path + "." + (key.equals("percents") ? "waves" : key);
        }
        if (INNER.contains(key) && !NAMED_BY_PEOPLE.contains(path)) {
            return path;
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
