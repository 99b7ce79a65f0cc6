package io.plumbline.contract.declared;

import java.time.Instant;

/**
 * Something that was done to the fleet: {@code GET /api/v1/audit}.
 *
 * @param actor a person, or a gateway that did it itself; empty if nobody said
 * @param action like {@code GATEWAY_INVITED}
 * @param subject what it was done to
 * @param reason why; empty if nobody said
 */
public record AuditEntry(Instant at, String actor, String action, String subject, String reason) {}
