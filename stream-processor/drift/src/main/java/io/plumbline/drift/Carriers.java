package io.plumbline.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent.Carrier;
import io.plumbline.contract.message.VerdictEvent.Carrier.Part;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which parts of a cohort carry a change: those of the facts that speak for it, in their order. */
final class Carriers {

    private static final String WHOLE = "all";

    private Carriers() {}

    static List<Carrier> of(Verdict verdict, List<Evidence> evidence) {
        if (verdict == Verdict.STABLE || verdict == Verdict.INSUFFICIENT) {
            return List.of();
        }
        return evidence.stream()
                .filter(Evidence::breached)
                .flatMap(Carriers::of)
                .distinct()
                .toList();
    }

    private static Stream<Carrier> of(Evidence fact) {
        var device = fact.device().map(d -> new Carrier(Part.DEVICE, d.value()));
        return Stream.concat(device.stream(), subject(fact).stream());
    }

    private static Optional<Carrier> subject(Evidence fact) {
        if (fact.subject().equals(WHOLE)) {
            return Optional.empty();
        }
        var part = switch (fact.measure()) {
            case "agreement", "accuracy" -> Part.CLASS;
            case "clipping" -> Part.TENSOR;
            default -> Part.FEATURE;
        };
        return Optional.of(new Carrier(part, fact.subject()));
    }
}
