package io.plumbline.fleet.core.judgement;

import io.plumbline.contract.id.GatewayId;
import java.time.Instant;
import java.util.List;

/**
 * What a stage of a rollout wants to know: have the updated gateways proven the candidate?
 *
 * @param updated the gateways that were told
 * @param marks where each site's evidence begins
 * @param deadline wall-clock time by which it must be proven
 */
public record Question(List<GatewayId> updated, List<EvidenceMark> marks, Instant deadline) {

    public Question {
        updated = List.copyOf(updated);
        marks = List.copyOf(marks);
    }
}
