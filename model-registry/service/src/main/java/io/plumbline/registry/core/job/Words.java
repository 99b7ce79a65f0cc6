package io.plumbline.registry.core.job;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Sent;
import io.plumbline.contract.message.RecalibrationEvent.SentKind;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened to a job, for a person. */
final class Words {

    private Words() {}

    static String of(CalibrationMessage answer) {
        if (answer instanceof CalibrationMessage.Observed observed) {
            return observed.gateway() + " on " + observed.site() + " sent histograms of " + observed.windows()
                    + " windows";
        }
        if (answer instanceof CalibrationMessage.Scored scored) {
            return scored.gateway() + " on " + scored.site() + " scored "
                    + scored.scores().size() + " builds";
        }
        if (answer instanceof CalibrationMessage.Declined declined) {
            return declined.gateway() + " on " + declined.site() + " declined: " + declined.because();
        }
        if (answer instanceof CalibrationMessage.Sampled sampled) {
            return sampled.gateway() + " on " + sampled.site()
                    + (sampled.windows() == 0 ? " gave no samples" : " gave " + sampled.windows() + " windows")
                    + (sampled.because().isEmpty() ? "" : ": " + sampled.because());
        }
        return "heard a task";
    }

    /** Who contributed with it; declining is no contribution. */
    static Optional<GatewayId> contributor(CalibrationMessage answer) {
        if (answer instanceof CalibrationMessage.Observed observed) {
            return Optional.of(observed.gateway());
        }
        if (answer instanceof CalibrationMessage.Scored scored) {
            return Optional.of(scored.gateway());
        }
        return Optional.empty();
    }

    /** What left its site with it; a task is none of a gateway's. */
    static Optional<Sent> sent(CalibrationMessage answer) {
        if (answer instanceof CalibrationMessage.Observed it) {
            return Optional.of(new Sent(it.gateway(), it.site(), SentKind.HISTOGRAMS, it.windows()));
        }
        if (answer instanceof CalibrationMessage.Scored it) {
            return Optional.of(new Sent(
                    it.gateway(), it.site(), SentKind.SCORES, it.scores().size()));
        }
        if (answer instanceof CalibrationMessage.Declined it) {
            return Optional.of(new Sent(it.gateway(), it.site(), SentKind.NOTHING, 0));
        }
        if (answer instanceof CalibrationMessage.Sampled it) {
            var kind = it.windows() == 0 ? SentKind.NOTHING : SentKind.SAMPLES;
            return Optional.of(new Sent(it.gateway(), it.site(), kind, it.windows()));
        }
        return Optional.empty();
    }

    /** @param from what the candidates were calibrated on */
    static String built(List<Digest> candidates, CalibrationQuality from) {
        var worst = from.coverage().stream()
                .findFirst()
                .map(one -> String.format(
                        Locale.ROOT,
                        "; of what the sites read of '%s' %.1f %% is in no calibration window (overlap %.2f)",
                        one.feature(),
                        100 * one.unseen(),
                        one.overlap()))
                .orElse("");
        return "built " + candidates.stream().map(Digest::shortHex).collect(Collectors.joining(", ")) + worst;
    }

    /** How it ended. */
    static String of(Job over) {
        if (!(over.state() instanceof Recalibration.Ended ended)) {
            return "goes on";
        }
        if (ended.outcome() instanceof RecalibrationEvent.Accepted accepted) {
            return "accepted " + accepted.candidate().shortHex() + ": " + accepted.because();
        }
        return ended.outcome() instanceof RecalibrationEvent.Refused refused
                ? "refused: " + refused.because()
                : "ended";
    }
}
