package io.plumbline.fleet.adapter.page;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.console.Wording;
import io.plumbline.fleet.core.console.alert.AlertLine;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How templates write numbers, times and names. */
@TemplateExtension
final class Words {

    private Words() {}

    static String word(Verdict verdict) {
        return Wording.name(verdict);
    }

    static Tone tone(Verdict verdict) {
        return Wording.tone(verdict);
    }

    static String advice(Verdict verdict) {
        return Wording.advice(verdict);
    }

    static String word(RolloutStage stage) {
        return Wording.name(stage);
    }

    static Tone tone(RolloutStage stage) {
        return Wording.tone(stage);
    }

    static String word(AlertKind kind) {
        return Wording.name(kind);
    }

    static String word(AlertSeverity severity) {
        return Wording.name(severity);
    }

    static Tone tone(AlertSeverity severity) {
        return Wording.tone(severity);
    }

    /** What an alert is about, as people say it. */
    static String inWords(Alert.Subject subject) {
        return Stream.of(
                        subject.model().map(Object::toString),
                        subject.site().map(site -> "at " + site),
                        subject.gateway().map(gateway -> "on " + gateway))
                .flatMap(part -> part.stream())
                .collect(Collectors.joining(" "));
    }

    /** What a silence holds back, as people say it. */
    static String inWords(AlertSilence silence) {
        var parts = Stream.of(
                        silence.severity().map(Wording::name),
                        silence.kind().map(Wording::name),
                        silence.model().map(model -> "of " + model),
                        silence.site().map(site -> "at " + site))
                .flatMap(part -> part.stream())
                .collect(Collectors.joining(" "));
        return parts.isEmpty() ? "all alerts" : parts;
    }

    /** How often a candidate followed FP32 on what FP32 calls this. */
    static String share(CandidateScore score, String label) {
        return score.fidelity().classes().stream()
                .filter(one -> one.label().equals(label))
                .map(one -> percentOf(one.agreed(), one.compared()))
                .findFirst()
                .orElse("–");
    }

    /** A share of all in per cent; a dash where there is nothing to share. */
    static String percentOf(long part, long all) {
        return all > 0 ? String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all) : "–";
    }

    /** The length of a bar of 100. */
    static String barOf(long part, long all) {
        return all > 0 ? String.format(Locale.ROOT, "%.1f", 100.0 * part / all) : "0";
    }

    static String text(long number) {
        return Long.toString(number);
    }

    static long toLong(int number) {
        return number;
    }

    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number per second. */
    static String rate(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.1f", number);
    }

    static String fixed(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    static String ago(Instant then, Instant now) {
        var seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 2) {
            return "now";
        }
        if (seconds < 120) {
            return seconds + " s ago";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min ago";
        }
        return seconds < 172_800 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }

    static String lowered(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A share of one, in per cent. */
    static String share(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /** Bytes in thousands. */
    static String kilo(long bytes) {
        return String.format(Locale.ROOT, "%,.1f", bytes / 1000.0);
    }

    /** The time of day, UTC. */
    static String clock(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().substring(11, 19);
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** Of the labelled answers; a dash where there are none. */
    static String accuracyInWords(ModelHealth health) {
        return health.accuracy()
                .map(share -> String.format(Locale.ROOT, "%.1f %%", 100 * share))
                .orElse("–");
    }

    /** Where an alert leads to; empty where there is no such page. */
    static Optional<String> place(Alert alert) {
        return new AlertLine(alert, 1).link();
    }

    /** What is there. */
    static String placeWords(Alert alert) {
        return new AlertLine(alert, 1).linkWords();
    }

    /** A moment that may be far from the wall clock. */
    static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", " UTC");
    }
}
