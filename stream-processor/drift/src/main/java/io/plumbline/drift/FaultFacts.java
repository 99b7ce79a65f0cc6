package io.plumbline.drift;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.drift.horizon.HorizonStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which sensors are broken: those of a device, feature and kind that were counted at least as often as the policy asks for. A
 * value that repeats is judged by {@link Kind#STUCK}, which knows how often it repeats in the reference; {@link Kind#FLAT}
 * windows say something only where the reference does not tell.
 *
 * @param shown the most counted first
 * @param evidence of all faults that were counted, shown or not
 */
record FaultFacts(List<SensorFault> shown, List<Evidence> evidence) {

    /* A fleet can have more broken sensors than a sentence or a message should name. */
    private static final int MOST_NAMED = 4;
    private static final int MOST_EVIDENCE = 32;

    FaultFacts {
        shown = List.copyOf(shown);
        evidence = List.copyOf(evidence);
    }

    static FaultFacts of(HorizonStats stats, Optional<Reference> reference, VerdictPolicy policy) {
        var faults = stats.faults().orElse(SensorFaults.NONE).faults();
        var refused = faults.stream()
                .filter(f -> f.kind() == Kind.OUT_OF_RANGE || f.kind() == Kind.NOT_FINITE)
                .mapToLong(SensorFault::count)
                .sum();
        List<SensorFault> shown = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (var fault : sorted(faults)) {
            var breached = fault.count() >= floor(fault, policy) && tells(fault, reference);
            if (breached) {
                shown.add(fault);
            }
            if (evidence.size() < MOST_EVIDENCE) {
                evidence.add(evidence(fault, stats.readings() + refused, policy, breached));
            }
        }
        return new FaultFacts(shown, evidence);
    }

    boolean any() {
        return !shown.isEmpty();
    }

    /** For a sentence: "humidity of device 'north-1' is stuck on 240 readings". */
    String inWords() {
        var named = shown.stream().limit(MOST_NAMED).map(FaultFacts::inWords).collect(Collectors.joining(", "));
        var more = shown.size() - MOST_NAMED;
        return more > 0 ? named + ", and " + more + " more" : named;
    }

    /* The order must not depend on the order in which deltas came. */
    private static List<SensorFault> sorted(List<SensorFault> faults) {
        return faults.stream()
                .sorted(Comparator.comparing((SensorFault f) -> isOfWindows(f.kind()))
                        .thenComparing(SensorFault::count, Comparator.reverseOrder())
                        .thenComparing(f -> f.device().map(DeviceId::value).orElse(""))
                        .thenComparing(SensorFault::feature)
                        .thenComparing(SensorFault::kind))
                .toList();
    }

    private static boolean isOfWindows(Kind kind) {
        return kind == Kind.FLAT || kind == Kind.SILENT;
    }

    private static long floor(SensorFault fault, VerdictPolicy policy) {
        return isOfWindows(fault.kind()) ? policy.minFaultWindows() : policy.minFaults();
    }

    private static boolean tells(SensorFault fault, Optional<Reference> reference) {
        return fault.kind() != Kind.FLAT
                || reference.stream()
                        .flatMap(r -> r.profile().features().stream())
                        .filter(feature -> feature.name().equals(fault.feature()))
                        .anyMatch(FaultFacts::changesButNotSaidHowOften);
    }

    private static boolean changesButNotSaidHowOften(ReferenceProfile.Feature feature) {
        return feature.repeats().isEmpty() && feature.bins().size() > 1;
    }

    private static String inWords(SensorFault fault) {
        var device = fault.device().map(d -> "device '" + d + "'").orElse("devices that are not named");
        var of = fault.feature().isEmpty() ? device : fault.feature() + " of " + device;
        var kind = fault.kind() == Kind.NOT_FINITE
                ? "not a number"
                : words(fault.kind()).replace('-', ' ');
        return of + " is " + kind + " in " + fault.count() + (isOfWindows(fault.kind()) ? " windows" : " readings");
    }

    private static String words(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Evidence evidence(SensorFault fault, long readings, VerdictPolicy policy, boolean breached) {
        return new Evidence(
                words(fault.kind()),
                fault.feature().isEmpty() ? "all" : fault.feature(),
                fault.count(),
                fault.count(),
                fault.count(),
                floor(fault, policy),
                readings,
                breached,
                fault.device());
    }
}
