package io.plumbline.signals.log;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every field that a log line may have, beside the frame of time, level, logger and message. {@code docs/logs.md} says what each means. */
public enum LogKey {
    EVENT("event"),
    GATEWAY("gateway"),
    SITE("site"),
    MODEL("model"),
    BUILD("build"),
    MANIFEST("manifest"),
    BLOB("blob"),
    STREAM("stream"),
    CAMERA("camera"),
    GENERATION("generation"),
    VERDICT("verdict"),
    RECALIBRATION("recalibration"),
    ROLLOUT("rollout"),
    STAGE("stage"),
    REVISION("revision"),
    ALERT("alert"),
    CHANGE("change"),
    SINK("sink"),
    KIND("kind"),
    TASK("task"),
    ANSWER("answer"),
    OUTCOME("outcome"),
    REASON("reason"),
    AT("at"),
    ATTEMPT("attempt"),
    RETRY_MILLIS("retryMillis"),
    WAITED_MILLIS("waitedMillis"),
    TOPIC("topic"),
    PARTITIONS("partitions"),
    OFFSET("offset"),
    SERVERS("servers"),
    URL("url"),
    CODE("code"),
    FILTER("filter"),
    QOS("qos"),
    PACKET("packet"),
    FILE("file"),
    FOLDER("folder"),
    DIRECTORY("directory"),
    PROPERTY("property"),
    POSITION("position"),
    END("end"),
    PENDING("pending"),
    LOST("lost"),
    FIRST("first"),
    NEXT("next"),
    RESULTS("results"),
    DEAD_LETTERS("deadLetters"),
    OTHERS("others"),
    SNAPSHOT("snapshot"),
    REPLAYED("replayed"),
    COUNTERS("counters"),
    COUNT("count"),
    BYTES("bytes"),
    ABANDONED_UPLOADS("abandonedUploads"),
    DEATHS("deaths");

    private static final Map<String, LogKey> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(LogKey::word, Function.identity()));

    private final String word;

    LogKey(String word) {
        this.word = word;
    }

    /** As it stands in templates and in the line. */
    public String word() {
        return word;
    }

    static Optional<LogKey> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
