package io.plumbline.fleet.core.alert;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.alert.Surroundings.GatewayNow;
import io.plumbline.fleet.core.alert.Surroundings.Losses;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What time and the state of the fleet do to alerts, without an event. */
final class Sweep {

    /** Longer than topics keep what could be heard again. */
    static final Duration REMEMBERED = Duration.ofDays(90);

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    /** Fewer gateways are told of one by one. */
    private static final int SMALLEST_FLEET = 3;

    private final AlertDraft draft;
    private final Surroundings around;
    private final AlertPolicy policy;
    private final Instant now;
    /** Models and builds by site. */
    private final Set<Alert.Subject> assigned;

    private Sweep(AlertDraft draft) {
        this.draft = draft;
        this.around = draft.around();
        this.policy = around.spec().policy();
        this.now = around.now();
        this.assigned = around.places().stream()
                .map(place -> new Alert.Subject(place.model(), place.build(), place.site(), Optional.empty()))
                .collect(Collectors.toSet());
    }

    static void over(AlertDraft draft) {
        var sweep = new Sweep(draft);
        sweep.around.rollouts().forEach(sweep::rollout);
        sweep.silence();
        sweep.around.gateways().forEach(sweep::losses);
        sweep.comeBack();
        sweep.end();
        sweep.silences();
        sweep.repeat();
        sweep.forget();
        sweep.forgetMarks();
    }

    private void rollout(RolloutEvent event) {
        var sign = Signs.of(event);
        var told = event.stage() == RolloutStage.ROLLED_BACK
                && sign.troubles().stream().anyMatch(trouble -> draft.isOpen(trouble.id()));
        // Why it went back was said when it began to; its end has nothing to add.
        var seen = told ? new Sign(sign.source(), sign.at(), sign.event(), List.of(), sign.endings()) : sign;
        if (!draft.see(seen)) {
            throw new IllegalStateException("a rollout that is no matter of the fleet is a bug");
        }
    }

    /**
     * Silence of most gateways is one trouble, and more likely one of the way from them. Who is nearly silent counts too, or some would
     * be alerts of their own a moment before.
     */
    private void silence() {
        var all = around.gateways();
        var nearly = policy.silentAfter().multipliedBy(3).dividedBy(4);
        var quiet = all.stream().filter(one -> isSilentFor(one, nearly)).count();
        var isFleet = all.size() >= SMALLEST_FLEET && 2 * quiet > all.size();
        // By subject: the id is a hash, and of ten thousand gateways at each look a sixth of the whole work.
        var known = draft.open().stream()
                .filter(alert -> alert.kind() == AlertKind.GATEWAY_SILENT)
                .collect(Collectors.toMap(Alert::subject, Alert::id, (one, same) -> one));
        for (var gateway : all) {
            var id = Optional.ofNullable(known.get(gateway.subject()));
            var isSilent = isSilentFor(gateway, policy.silentAfter());
            if (isSilent && isFleet && id.isEmpty()) {
                silentFleet(quiet, all.size());
            } else if (isSilent && id.isEmpty()) {
                draft.raise(silent(gateway));
            } else if (!isSilent) {
                id.ifPresent(open -> over(open, "the gateway speaks again"));
            }
        }
        if (!isFleet) {
            over(Alert.idOf(AlertKind.FLEET_SILENT, Alert.Subject.FLEET), "most gateways speak again");
        }
    }

    private boolean isSilentFor(GatewayNow gateway, Duration time) {
        return gateway.heard().plus(time).isBefore(now);
    }

    private void over(String id, String because) {
        draft.alert(id).filter(Alert::open).ifPresent(alert -> draft.put(Turns.resolved(alert, because, now)));
    }

    private void silentFleet(long quiet, int all) {
        if (draft.isOpen(Alert.idOf(AlertKind.FLEET_SILENT, Alert.Subject.FLEET))) {
            return;
        }
        var fact = new Evidence("silent-gateways", "all", quiet, quiet, quiet, all / 2.0, all, true);
        draft.raise(new Trouble(
                AlertKind.FLEET_SILENT,
                Alert.Subject.FLEET,
                quiet + " of " + all + " gateways say nothing: Kafka, or the way to it, may be down",
                new Alert.Proof(
                        List.of(fact), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    private Trouble silent(GatewayNow gateway) {
        var seconds = Duration.between(gateway.heard(), now).toSeconds();
        var limit = policy.silentAfter().toMillis() / 1000.0;
        var fact = new Evidence("silence", "seconds", seconds, seconds, seconds, limit, 0, true);
        return new Trouble(
                AlertKind.GATEWAY_SILENT,
                gateway.subject(),
                "gateway " + gateway.gateway() + " has said nothing since " + gateway.heard(),
                new Alert.Proof(List.of(fact), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Heartbeats are heard again after every start: what was counted before the mark was told then. */
    private void losses(GatewayNow gateway) {
        var mark = draft.mark(lossesOf(gateway));
        gateway.losses()
                .filter(losses ->
                        mark.map(old -> losses.countedAt().isAfter(old.at())).orElse(true))
                .ifPresent(
                        losses -> count(gateway, losses, mark.map(Sweep::known).orElse(0L)));
    }

    private void count(GatewayNow gateway, Losses losses, long known) {
        var all = losses.records();
        // A smaller one began anew, with a new data folder.
        var fresh = all < known ? all : all - known;
        if (fresh > 0) {
            var because = "its outbox let go of " + fresh + " results and dead letters before Kafka had them, " + all
                    + " in all";
            draft.raise(Signs.lost(gateway.subject(), because, fresh));
        }
        if (all != known) {
            // Of a clock far ahead, every count to come would be older.
            var at = losses.countedAt().isAfter(now.plus(CLOCK_SKEW)) ? now : losses.countedAt();
            draft.move(new Mark(lossesOf(gateway), at, Set.of(Long.toString(all)), now, Optional.empty()));
        }
    }

    private static String lossesOf(GatewayNow gateway) {
        return "lost|" + gateway.gateway();
    }

    private static long known(Mark mark) {
        return mark.events().stream().mapToLong(Long::parseLong).findFirst().orElse(0);
    }

    /** A verdict is told when it changes. One that is still bad is trouble again when its build was away and comes back. */
    private void comeBack() {
        draft.marks().values().stream()
                .flatMap(mark -> mark.standing().stream())
                .filter(trouble -> isAssigned(trouble) && !draft.isOpen(trouble.id()))
                .forEach(draft::raise);
    }

    private boolean isAssigned(Trouble trouble) {
        return assigned.contains(trouble.subject());
    }

    private void end() {
        for (var alert : draft.open()) {
            around.irrelevance(alert.kind(), alert.subject())
                    .or(() -> quiet(alert))
                    .ifPresent(because -> draft.put(Turns.resolved(alert, because, now)));
        }
    }

    private Optional<String> quiet(Alert alert) {
        var isOver = AlertDraft.HAPPENINGS.contains(alert.kind())
                && !alert.lastSeen().plus(policy.quiet()).isAfter(now);
        return isOver ? Optional.of("it did not happen again for " + policy.quiet()) : Optional.empty();
    }

    private void silences() {
        draft.silences().stream()
                .filter(silence -> !silence.until().isAfter(now))
                .forEach(silence -> draft.expire(silence.id()));
        for (var alert : draft.open()) {
            var holding = draft.silences().stream()
                    .filter(silence -> silence.holds(alert, now))
                    .max(Comparator.comparing(AlertSilence::until));
            if (holding.isEmpty() && alert.silencedBy().isPresent()) {
                draft.put(Turns.unsilenced(alert));
            }
            holding.filter(silence -> !alert.silencedBy().equals(Optional.of(silence.id())))
                    .ifPresent(silence -> {
                        draft.put(Turns.silenced(alert, silence.id()));
                        draft.hold(alert.id(), silence.until());
                    });
        }
    }

    private void repeat() {
        for (var entry : draft.entries()) {
            var alert = entry.alert();
            if (alert.open()
                    && alert.acknowledged().isEmpty()
                    && alert.silencedBy().isEmpty()
                    && isDue(entry)) {
                draft.put(Turns.repeated(alert));
            }
        }
    }

    /** Whether anybody who wants repetitions has not been told of it for long enough. */
    private boolean isDue(AlertBook.Entry entry) {
        return entry.told().entrySet().stream()
                .filter(told -> around.spec()
                        .sink(told.getKey())
                        .filter(sink -> sink.target().repeats())
                        .isPresent())
                .map(told -> told.getValue())
                .min(Comparator.naturalOrder())
                .filter(last -> !last.plus(policy.repeat()).isAfter(now))
                .isPresent();
    }

    private void forget() {
        draft.entries().stream()
                .map(AlertBook.Entry::alert)
                .filter(alert -> alert.resolved()
                        .filter(over -> !over.at().plus(REMEMBERED).isAfter(now))
                        .isPresent())
                .forEach(alert -> draft.forget(alert.id()));
    }

    /** A mark stays for as long as what it is about; without it, what is still there would be news at the next start. */
    private void forgetMarks() {
        var living = Stream.concat(
                        around.gateways().stream().map(Sweep::lossesOf),
                        around.rollouts().stream().map(Signs::source))
                .collect(Collectors.toSet());
        for (var mark : draft.marks().values()) {
            var lives = living.contains(mark.source())
                    || mark.standing().filter(this::isAssigned).isPresent();
            if (lives && isOlder(mark, REMEMBERED.dividedBy(2))) {
                draft.move(mark.renewed(now));
            } else if (!lives && isOlder(mark, REMEMBERED)) {
                draft.forgetMark(mark.source());
            }
        }
    }

    private boolean isOlder(Mark mark, Duration age) {
        return !mark.moved().plus(age).isAfter(now);
    }
}
