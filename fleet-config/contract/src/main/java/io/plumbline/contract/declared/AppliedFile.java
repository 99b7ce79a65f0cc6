package io.plumbline.contract.declared;

import io.plumbline.contract.id.GatewayId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code PUT /api/v1/fleet} did.
 *
 * @param version in force now
 * @param changed whether this request made it so
 * @param generations the generation of every gateway's assignment now, in the order of the file
 */
public record AppliedFile(long version, boolean changed, Instant appliedAt, Map<GatewayId, Long> generations) {

    public AppliedFile {
        generations = Collections.unmodifiableMap(new LinkedHashMap<>(generations));
    }
}
