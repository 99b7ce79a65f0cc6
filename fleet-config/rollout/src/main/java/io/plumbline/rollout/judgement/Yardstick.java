package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Fidelity;
import java.util.function.Function;

/**
 * What one rule of a site is held against: the baseline on the same site where that was compared there, and elsewhere where it was
 * not. Then the site may be a harder one, and what is lost must be more than sites differ by.
 *
 * @param share the baseline's; without trials where nobody compared it
 */
record Yardstick(Proportion share, boolean isHere) {

    static Yardstick of(Function<Fidelity, Proportion> rule, SiteId site, BeforeBySite before) {
        var here = rule.apply(before.at(site));
        if (here.trials() >= BeforeBySite.LEAST) {
            return new Yardstick(here, true);
        }
        var everywhere = rule.apply(before.everywhere());
        return new Yardstick(everywhere.trials() >= BeforeBySite.LEAST ? everywhere : new Proportion(0, 0), false);
    }

    /** Whether it is proven that this share is below the floor, and that the build is why. */
    boolean provesBelow(Proportion own, double floor, double alpha) {
        var most = own.always(alpha).upper();
        if (most >= floor) {
            return false;
        }
        return share.trials() == 0
                ? most < floor - BeforeBySite.SITES_DIFFER
                : losesMoreThan(isHere ? 0 : BeforeBySite.SITES_DIFFER, own, alpha);
    }

    /** Whether it is proven that this share is so much below the baseline's. */
    boolean losesMoreThan(double margin, Proportion own, double alpha) {
        return own.upperOfDifference(share, alpha) < -margin;
    }

    /** The baseline's share for people; empty where there is none. */
    String words() {
        return share.trials() == 0 ? "" : ", the baseline " + (isHere ? "there" : "elsewhere") + " on " + share.words();
    }
}
