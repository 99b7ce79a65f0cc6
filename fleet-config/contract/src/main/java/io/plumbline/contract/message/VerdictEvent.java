package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A cohort's verdict changed.
 *
 * @param id deterministic: the same change recomputed has the same id
 * @param at event time: end of the newest window the verdict rests on
 * @param because one sentence in plain words
 */
public record VerdictEvent(
        String id,
        Cohort cohort,
        Instant at,
        Verdict verdict,
        Verdict previous,
        String because,
        List<Evidence> evidence) {

    private static final int ID_DIGITS = 16;

    public VerdictEvent {
        Require.notEmpty("id", id);
        evidence = List.copyOf(evidence);
    }

    public static VerdictEvent of(
            Cohort cohort, Instant at, Verdict verdict, Verdict previous, String because, List<Evidence> evidence) {
        var identity = cohort.key() + "|" + at.toEpochMilli() + "|" + verdict;
        var id = Digest.of(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_DIGITS);
        return new VerdictEvent(id, cohort, at, verdict, previous, because, evidence);
    }
}
