package io.plumbline.rollout.policy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told when. The gateways of each stratum (a kind of machine on a site) are put into an order by hash and spread evenly over [0, 1) from an
 * offset by hash, and all are told by their place there: so every beginning of the order has its share of every stratum, a small one is not
 * always early or late, and another rollout begins with other gateways.
 *
 * @param order gateways in the order in which they are told; those that keep the baseline to the end are not in it
 * @param targets how many are told by each wave, the waves before included; rising, the last is all
 * @param approvals indices of the waves that a person must approve
 */
public record Waves(List<GatewayId> order, List<Integer> targets, List<Integer> approvals) {

    private static final double DIGITS = StrictMath.pow(2, 52);
    private static final int HEX_DIGITS = 13;
    private static final double SLACK = 1e-9;

    public Waves {
        order = List.copyOf(order);
        targets = List.copyOf(targets);
        approvals = List.copyOf(approvals);
        var last = 0;
        for (var target : targets) {
            Require.that(target > last, "targets " + targets + " must rise: a wave without a gateway proves nothing");
            last = target;
        }
        Require.that(last == order.size(), "targets " + targets + " must end with all of the order, " + order.size());
    }

    /**
     * A gateway and what it has in common with others.
     *
     * @param hardware what kind of machine it is, by its label; empty where it has none
     */
    public record Member(GatewayId gateway, SiteId site, Optional<String> hardware) {

        /** No wave is drawn from one kind of machine or one site alone. */
        String stratum() {
            return site + hardware.map(kind -> "/" + kind).orElse("");
        }
    }

    /** Those that are not told, and so keep the baseline to the end. */
    public List<GatewayId> kept(List<Member> members) {
        var told = Set.copyOf(order);
        return members.stream()
                .map(Member::gateway)
                .filter(gateway -> !told.contains(gateway))
                .toList();
    }

    /**
     * @param rollout id: another one draws another order
     * @param members at least one
     */
    public static Waves of(String rollout, List<Member> members, RolloutPolicy policy) {
        Require.that(!members.isEmpty(), "a rollout without a gateway has no waves");
        var order = new ArrayList<>(drawn(rollout, members));
        var plan = policy.waves();
        policy.canary().filter(order::remove).ifPresent(canary -> order.add(0, canary));
        var kept = (int) Math.floor(plan.baselineShare() * order.size() + SLACK);
        var told = order.subList(0, order.size() - kept);
        var targets = new ArrayList<Integer>();
        policy.canary().filter(told::contains).ifPresent(canary -> targets.add(1));
        var approvals = new ArrayList<Integer>();
        for (var percent : plan.percents()) {
            var share = (int) Math.ceil(percent / 100 * order.size() - SLACK);
            var target = Math.min(told.size(), Math.max(1, share));
            if (targets.isEmpty() || target > targets.get(targets.size() - 1)) {
                targets.add(target);
            }
            if (plan.approveBefore().contains(percent) && !approvals.contains(targets.size() - 1)) {
                approvals.add(targets.size() - 1);
            }
        }
        return new Waves(told, targets, approvals);
    }

    private record Place(GatewayId gateway, double at, String tie) {}

    private static List<GatewayId> drawn(String rollout, List<Member> members) {
        var strata = new LinkedHashMap<String, List<Place>>();
        for (var member : members) {
            strata.computeIfAbsent(member.stratum(), one -> new ArrayList<>())
                    .add(new Place(member.gateway(), 0, hash(rollout + "/" + member.gateway())));
        }
        var places = new ArrayList<Place>();
        strata.forEach((stratum, own) -> {
            own.sort(Comparator.comparing(Place::tie));
            var offset = share(hash(rollout + "|" + stratum));
            for (int i = 0; i < own.size(); i++) {
                places.add(new Place(
                        own.get(i).gateway(),
                        (i + offset) / own.size(),
                        own.get(i).tie()));
            }
        });
        places.sort(Comparator.comparingDouble(Place::at).thenComparing(Place::tie));
        return places.stream().map(Place::gateway).toList();
    }

    private static String hash(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static double share(String hash) {
        return Long.parseLong(hash.substring(0, HEX_DIGITS), 16) / DIGITS;
    }
}
