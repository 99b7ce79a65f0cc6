package io.plumbline.rollout.judgement;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Waves;
import io.plumbline.rollout.policy.Waves.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says beforehand what the gates of a rollout will have to compare the candidate with. Pure. */
public final class Outlook {

    private static final int NAMED = 5;
    private static final double MOST_SHARE = 0.5;
    private static final double STEPS = 1000;

    private final RolloutPlan plan;
    private final RolloutPolicy policy;
    private final int gateways;
    private final int keeping;
    private final Map<SiteId, Long> sites;
    /** Whether it is known which gateways keep the baseline. */
    private final boolean drawn;

    private final List<SiteId> without;

    private Outlook(
            RolloutPlan plan,
            RolloutPolicy policy,
            List<Member> members,
            int keeping,
            boolean drawn,
            Predicate<SiteId> ends) {
        this.plan = plan;
        this.policy = policy;
        this.gateways = members.size();
        this.keeping = keeping;
        this.drawn = drawn;
        this.sites = members.stream().collect(Collectors.groupingBy(Member::site, Collectors.counting()));
        this.without =
                members.stream().map(Member::site).distinct().filter(ends).toList();
    }

    /**
     * Before anything is drawn: who will keep the baseline is known in number only.
     *
     * @param members gateways that run the model, at least one
     */
    public static RolloutOutlook before(RolloutPlan plan, List<Member> members, RolloutPolicy policy) {
        var keeping = Waves.of(plan.id(), members, policy).kept(members).size();
        return new Outlook(plan, policy, members, keeping, false, site -> keeping == 0).told();
    }

    /** @param waves as they are drawn */
    public static RolloutOutlook of(RolloutPlan plan, List<Member> members, Waves waves, RolloutPolicy policy) {
        var kept = Set.copyOf(waves.kept(members));
        var siteOf = members.stream().collect(Collectors.toMap(Member::gateway, Member::site, (a, b) -> a));
        Function<GatewayId, Optional<SiteId>> site = gateway -> Optional.ofNullable(siteOf.get(gateway));
        var compared = kept.stream().flatMap(one -> site.apply(one).stream()).collect(Collectors.toSet());
        return new Outlook(plan, policy, members, kept.size(), true, one -> !compared.contains(one)).told();
    }

    private RolloutOutlook told() {
        var isCovered = keeping > 0 && (drawn ? without.isEmpty() : sites.size() == 1);
        var words = isCovered ? keep() + "." : keep() + ". " + where() + ".";
        return new RolloutOutlook(
                plan.model(),
                gateways,
                keeping,
                without,
                words,
                isCovered ? Optional.empty() : Optional.of(instead() + " " + helps()));
    }

    private String keep() {
        var build = plan.baseline().shortHex();
        if (keeping > 0) {
            return keeping + " of " + gateways + (gateways == 1 ? " gateway" : " gateways")
                    + (keeping == 1 ? " keeps " : " keep ") + build + " to the end, to compare with at the same time";
        }
        var share = share();
        var who = gateways == 1 ? "The only gateway does not keep " : "None of the " + gateways + " gateways keeps ";
        var why = share == 0
                ? "baselineShare is 0"
                : "baselineShare " + share + " of " + gateways + " is less than one gateway";
        return who + build + " to the end, to compare with at the same time: " + why;
    }

    private String where() {
        if (keeping == 0) {
            return sites.size() == 1
                    ? "Once " + (gateways == 1 ? "it is" : "all are") + " updated, nothing is left to compare with"
                    : "Once all gateways of a site are updated, nothing is left to compare with there" + alone();
        }
        return drawn
                ? "None of these is on " + names(without) + ": once all gateways there are updated, nothing is left to"
                        + " compare with"
                : "Which is drawn when it starts; once all gateways of a site without one are updated, nothing is left"
                        + " to compare with there" + alone();
    }

    private String alone() {
        var alone = sites.entrySet().stream()
                .filter(site -> site.getValue() == 1)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(SiteId::value))
                .toList();
        if (alone.isEmpty()) {
            return "";
        }
        return "; " + names(alone)
                + (alone.size() == 1
                        ? " has one gateway, and so nothing from its update on"
                        : " have one gateway each, and so nothing from their update on");
    }

    /** As {@link SiteJudge} and {@link LossJudge} do it. */
    private String instead() {
        var points = String.format(Locale.ROOT, "%.0f points", 100 * BeforeBySite.SITES_DIFFER);
        return "What was measured there before the candidate came is not counted: agreement with FP32 is then held against "
                + plan.baseline().shortHex() + " on other sites, or against the policy's limits alone where none runs"
                + " it any more. A loss is proven there beyond " + points
                + " only; a smaller one passes within the policy's limits, and pauses the rollout beyond them.";
    }

    private String helps() {
        var ways = new ArrayList<String>();
        if (keeping > 0) {
            if (share() < MOST_SHARE) {
                ways.add("a larger baselineShare");
            }
            ways.add("more gateways on such a site");
        } else {
            if (gateways > 1) {
                var least = Math.ceil(STEPS / gateways) / STEPS;
                ways.add("baselineShare " + least + (least < MOST_SHARE ? " or more" : ""));
            }
            if (share() > 0) {
                ways.add((long) Math.ceil(1 / share()) + " gateways");
            }
        }
        return "What helps: " + String.join(", ", ways)
                + (ways.isEmpty() ? "a rehearsal" : ", or a rehearsal")
                + " (streams.NAME.rehearsal), in which both builds answer the same inputs.";
    }

    private double share() {
        return policy.waves().baselineShare();
    }

    private static String names(List<SiteId> sites) {
        var named = sites.stream().limit(NAMED).map(SiteId::value).toList();
        if (sites.size() > NAMED) {
            return String.join(", ", named) + " and " + (sites.size() - NAMED) + " more";
        }
        var last = named.size() - 1;
        return last == 0 ? named.get(0) : String.join(", ", named.subList(0, last)) + " and " + named.get(last);
    }
}
