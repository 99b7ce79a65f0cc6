package io.plumbline.rollout.judgement;

import io.plumbline.contract.message.Evidence;
import java.util.List;

/**
 * A decision with its reasons.
 *
 * @param because one sentence in plain words
 * @param evidence what it rests on
 */
public record Judgement(Decision decision, String because, List<Evidence> evidence) {

    public Judgement {
        evidence = List.copyOf(evidence);
    }
}
