package io.plumbline.gateway.core.reading;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;

/** The topics of one stream: a template whose whole levels {@code {site}} and {@code {device}} are named parts. */
public final class TopicPattern {

    private static final String SITE = "{site}";
    private static final String DEVICE = "{device}";

    private final String before;
    private final String after;

    private TopicPattern(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /**
     * The topics of this template on one site.
     *
     * @throws IllegalArgumentException if the template has not exactly one level {@code {device}}
     */
    public static TopicPattern of(String template, SiteId site) {
        var levels = Arrays.stream(template.split("/", -1))
                .map(level -> level.equals(SITE) ? site.value() : level)
                .toList();
        var devices = Collections.frequency(levels, DEVICE);
        if (devices != 1) {
            throw new IllegalArgumentException(
                    "topic '" + template + "' must have exactly one level {device}, not " + devices);
        }
        var at = levels.indexOf(DEVICE);
        var before = levels.subList(0, at).stream().map(level -> level + "/").collect(Collectors.joining());
        var after = levels.subList(at + 1, levels.size()).stream()
                .map(level -> "/" + level)
                .collect(Collectors.joining());
        return new TopicPattern(before, after);
    }

    /** The MQTT topic filter to subscribe to. */
    public String filter() {
        return before + '+' + after;
    }

    /** Whether a topic is one of these, whatever its device level says. */
    public boolean matches(String topic) {
        var end = topic.length() - after.length();
        return end > before.length()
                && topic.startsWith(before)
                && topic.endsWith(after)
                && topic.lastIndexOf('/', end - 1) < before.length();
    }

    /** The device that a topic names; empty if the topic is not one of these, or names no valid device. */
    public Optional<DeviceId> device(String topic) {
        return matches(topic)
                ? DeviceId.parse(topic.substring(before.length(), topic.length() - after.length()))
                : Optional.empty();
    }
}
