package io.plumbline.contract.enrolment;

import io.plumbline.contract.id.SiteId;
import java.time.Instant;
import java.util.Optional;

/**
 * An invitation and its token, which nobody can read again: only its digest is kept.
 *
 * @param token works once
 * @param expires after which it does not
 */
public record NewInvitation(String token, Optional<SiteId> site, Instant expires) {

    @Override
    public String toString() {
        return "NewInvitation[token=***, site=" + site + ", expires=" + expires + "]";
    }
}
