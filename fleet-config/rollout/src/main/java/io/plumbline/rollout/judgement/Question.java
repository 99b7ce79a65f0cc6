package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.rollout.evidence.EvidenceMark;
import java.time.Instant;
import java.util.List;

/**
 * What a wave of a rollout wants to know: have the told gateways proven the candidate?
 *
 * @param told the gateways that were told, those of the waves before included
 * @param toldAt wall-clock time at which the newest of them were
 * @param marks where each site's evidence begins
 * @param deadline wall-clock time by which it must be proven
 */
public record Question(List<GatewayId> told, Instant toldAt, List<EvidenceMark> marks, Instant deadline) {

    public Question {
        told = List.copyOf(told);
        marks = List.copyOf(marks);
    }
}
