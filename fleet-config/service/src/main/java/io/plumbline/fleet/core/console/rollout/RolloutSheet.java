package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.rollout.judgement.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rollout in full.
 *
 * @param event its newest
 * @param since when its first gateway was told; empty before, and once it is over
 * @param waves as they are, or as they were when it ended; empty where nobody knows them any more
 * @param outlook what it has to compare with to its end; empty where nothing is compared any more
 * @param verdict what the evidence says now; empty unless gateways have been told
 * @param states how many told gateways are in which state, the worst first
 * @param devices some of the told gateways, the worst first
 * @param moreDevices how many more there are
 * @param asOf when they were like this, for a rollout that is over; empty for now
 * @param steps the newest first
 * @param moreSteps how many older ones there are
 * @param offers what may be asked of it now
 */
public record RolloutSheet(
        RolloutEvent event,
        Optional<Instant> since,
        List<WaveCell> waves,
        Optional<RolloutOutlook> outlook,
        Optional<Verdict> verdict,
        List<StateCount> states,
        List<DeviceLine> devices,
        long moreDevices,
        Optional<Instant> asOf,
        List<RolloutEvent> steps,
        long moreSteps,
        List<Offer> offers) {

    public RolloutSheet {
        waves = List.copyOf(waves);
        states = List.copyOf(states);
        devices = List.copyOf(devices);
        steps = List.copyOf(steps);
        offers = List.copyOf(offers);
    }

    /** Whether it is not over. */
    public boolean active() {
        return !event.stage().isFinal();
    }

    /** The last wave that told gateways, for one that is over: such as "3 of 5". */
    public Optional<String> reached() {
        return steps.stream()
                .flatMap(step -> step.progress().stream())
                .filter(progress -> progress.wave() > 0)
                .map(progress -> progress.wave() + " of " + progress.waves())
                .findFirst();
    }

    /** How many told gateways are in one state. */
    public record StateCount(String word, Tone tone, long count) {}

    /**
     * What would be decided if it were decided now.
     *
     * @param because in words
     * @param gauges losses against their limits
     * @param facts everything else, what is beyond its limit first
     * @param moreFacts how many more there are
     */
    public record Verdict(Decision decision, String because, List<Gauge> gauges, List<Evidence> facts, long moreFacts) {

        public Verdict {
            gauges = List.copyOf(gauges);
            facts = List.copyOf(facts);
        }

        public Tone tone() {
            return switch (decision) {
                case PASS -> Tone.GOOD;
                case FAIL -> Tone.BAD;
                default -> Tone.NEWS;
            };
        }

        /** As people say it. */
        public String word() {
            return switch (decision) {
                case PASS -> "proven";
                case FAIL -> "worse";
                default -> "not proven yet";
            };
        }
    }
}
