package io.plumbline.rollout.evidence;

import io.plumbline.contract.id.SiteId;
import java.time.Instant;

/**
 * Where the candidate's evidence on a site ended when the site was told to run it. What came before says nothing about this
 * rollout.
 *
 * @param after event time; only health whose window begins there or later counts
 */
public record EvidenceMark(SiteId site, Instant after) {}
