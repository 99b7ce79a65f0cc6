package io.plumbline.gateway.core.reading;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The topics of one stream: a template whose whole levels {@code {site}} and {@code {device}} are named parts. */
public final class TopicPattern {

    private static final String SITE = "{site}";
    private static final String DEVICE = "{device}";
    private static final String LEVEL = "[^/]+";

    private final String filter;
    private final Pattern topics;

    private TopicPattern(String filter, Pattern topics) {
        this.filter = filter;
        this.topics = topics;
    }

    /**
     * The topics of this template on one site.
     *
     * @throws IllegalArgumentException if the template has not exactly one level {@code {device}}
     */
    public static TopicPattern of(String template, SiteId site) {
        var filter = new StringBuilder();
        var regex = new StringBuilder();
        var devices = 0;
        for (var level : template.split("/", -1)) {
            separate(filter, regex);
            if (level.equals(DEVICE)) {
                devices++;
                filter.append('+');
                regex.append('(').append(LEVEL).append(')');
            } else {
                var text = level.equals(SITE) ? site.value() : level;
                filter.append(text);
                regex.append(Pattern.quote(text));
            }
        }
        if (devices != 1) {
            throw new IllegalArgumentException(
                    "topic '" + template + "' must have exactly one level {device}, not " + devices);
        }
        return new TopicPattern(filter.toString(), Pattern.compile(regex.toString()));
    }

    private static void separate(StringBuilder filter, StringBuilder regex) {
        if (regex.length() > 0) {
            filter.append('/');
            regex.append('/');
        }
    }

    /** The MQTT topic filter to subscribe to. */
    public String filter() {
        return filter;
    }

    /** Whether a topic is one of these, whatever its device level says. */
    public boolean matches(String topic) {
        return topics.matcher(topic).matches();
    }

    /** The device that a topic names; empty if the topic is not one of these, or names no valid device. */
    public Optional<DeviceId> device(String topic) {
        var match = topics.matcher(topic);
        return match.matches() ? DeviceId.parse(match.group(1)) : Optional.empty();
    }
}
