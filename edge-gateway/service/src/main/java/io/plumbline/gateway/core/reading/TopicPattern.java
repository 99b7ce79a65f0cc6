package io.plumbline.gateway.core.reading;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The topics of one stream: a template whose whole levels {@code {site}}, {@code {device}} and {@code {edge}} are named parts; the
 * last may be anything. The topics of Sparkplug data are also those of the birth certificates: {@code DDATA} stands for
 * {@code DBIRTH} too, and {@code NDATA} for {@code NBIRTH}.
 */
public final class TopicPattern {

    private static final String SITE = "{site}";
    private static final String DEVICE = "{device}";
    private static final String EDGE = "{edge}";
    private static final String SPARKPLUG = "spBv1.0";
    private static final int SPARKPLUG_TYPE = 2;

    private final List<List<String>> levels;
    private final int device;

    /**
     * @param levels what each level may be; any name where there is none
     * @param device which level names it
     */
    private TopicPattern(List<List<String>> levels, int device) {
        this.levels = levels;
        this.device = device;
    }

    /**
     * The topics of this template on one site.
     *
     * @throws IllegalArgumentException if the template has not exactly one level {@code {device}}
     */
    public static TopicPattern of(String template, SiteId site) {
        var names = Arrays.asList(template.split("/", -1));
        var devices = names.stream().filter(DEVICE::equals).count();
        if (devices != 1) {
            throw new IllegalArgumentException(
                    "topic '" + template + "' must have exactly one level {device}, not " + devices);
        }
        var levels = names.stream().map(name -> level(name, site)).collect(Collectors.toList());
        if (names.get(0).equals(SPARKPLUG) && names.size() > SPARKPLUG_TYPE) {
            levels.set(SPARKPLUG_TYPE, withBirth(levels.get(SPARKPLUG_TYPE)));
        }
        return new TopicPattern(List.copyOf(levels), names.indexOf(DEVICE));
    }

    private static List<String> level(String name, SiteId site) {
        return switch (name) {
            case SITE -> List.of(site.value());
            case DEVICE, EDGE -> List.of();
            default -> List.of(name);
        };
    }

    private static List<String> withBirth(List<String> type) {
        if (type.equals(List.of("DDATA"))) {
            return List.of("DDATA", "DBIRTH");
        }
        return type.equals(List.of("NDATA")) ? List.of("NDATA", "NBIRTH") : type;
    }

    /** The MQTT topic filters to subscribe to. */
    public Set<String> filters() {
        var most = levels.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, most)
                .mapToObj(i -> levels.stream()
                        .map(names -> names.isEmpty() ? "+" : names.get(Math.min(i, names.size() - 1)))
                        .collect(Collectors.joining("/")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a topic is one of these, whatever its device level says. */
    public boolean matches(String topic) {
        return deviceAt(topic) >= 0;
    }

    /** The device that a topic names; empty if the topic is not one of these, or names no valid device. */
    public Optional<DeviceId> device(String topic) {
        var start = deviceAt(topic);
        return start < 0 ? Optional.empty() : DeviceId.parse(topic.substring(start, end(topic, start)));
    }

    /** Where the device level begins; -1 if the topic is not one of these. */
    private int deviceAt(String topic) {
        var found = -1;
        var start = 0;
        for (int i = 0; i < levels.size(); i++) {
            if (start > topic.length()) {
                return -1;
            }
            var end = end(topic, start);
            if (!isOne(topic, start, end, levels.get(i))) {
                return -1;
            }
            found = i == device ? start : found;
            start = end + 1;
        }
        return start == topic.length() + 1 ? found : -1;
    }

    private static int end(String topic, int start) {
        var slash = topic.indexOf('/', start);
        return slash < 0 ? topic.length() : slash;
    }

    private static boolean isOne(String topic, int start, int end, List<String> names) {
        if (names.isEmpty()) {
            return end > start;
        }
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (name.length() == end - start && topic.startsWith(name, start)) {
                return true;
            }
        }
        return false;
    }
}
