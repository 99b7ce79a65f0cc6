package io.plumbline.contract.declared;

import java.time.Instant;

/**
 * A version of the fleet file: {@code GET /api/v1/fleet/versions}.
 *
 * @param version from 1
 * @param author who applied it; empty if nobody said
 * @param reason why; empty if nobody said
 */
public record FileVersion(long version, Instant appliedAt, String author, String reason) {}
