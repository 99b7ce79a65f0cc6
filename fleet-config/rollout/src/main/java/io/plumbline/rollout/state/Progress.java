package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Require;
import io.plumbline.rollout.evidence.EvidenceMark;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.judgement.Question;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.Waves;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a rollout has come.
 *
 * @param waves who is told when
 * @param wave index of the one that was told last
 * @param approved index of the last wave that needs no further approval
 * @param since wall-clock time at which the first wave was told
 * @param toldAt the same of the last one
 * @param marks where the evidence of each told site begins
 */
public record Progress(Waves waves, int wave, int approved, Instant since, Instant toldAt, List<EvidenceMark> marks) {

    public Progress {
        marks = List.copyOf(marks);
        Require.that(
                wave >= 0 && wave < waves.targets().size(),
                "wave " + wave + " must be one of " + waves.targets().size());
    }

    /** The gateways that have been told, those of all waves. */
    public List<GatewayId> told() {
        return waves.order().subList(0, waves.targets().get(wave));
    }

    boolean isLast() {
        return wave == waves.targets().size() - 1;
    }

    /** Whether a person must approve the next wave and has not. */
    boolean needsApproval() {
        return approved < wave + 1 && waves.approvals().contains(wave + 1);
    }

    Progress approving() {
        return new Progress(waves, wave, wave + 1, since, toldAt, marks);
    }

    static Progress first(Waves waves, Situation situation) {
        return at(waves, 0, situation.now(), List.of(), situation);
    }

    Progress next(Situation situation) {
        return at(waves, wave + 1, since, marks, situation);
    }

    /** Sites that were told before keep their marks. */
    private static Progress at(Waves waves, int wave, Instant since, List<EvidenceMark> before, Situation situation) {
        var known = before.stream().map(EvidenceMark::site).collect(Collectors.toSet());
        var told = Set.copyOf(waves.order().subList(0, waves.targets().get(wave)));
        var sites = situation.evidence().gateways().stream()
                .filter(gateway -> told.contains(gateway.gateway()))
                .map(GatewayStanding::site)
                .distinct()
                .filter(site -> !known.contains(site))
                .toList();
        var marks = new ArrayList<>(before);
        marks.addAll(situation.marks(sites));
        return new Progress(waves, wave, wave, since, situation.now(), marks);
    }

    Question question(Instant deadline) {
        return new Question(told(), toldAt, marks, deadline);
    }

    /** Such as "wave 2 of 5: 500 of 10000 gateways". */
    String words() {
        return "wave " + (wave + 1) + " of " + waves.targets().size() + ": " + told().size() + " of "
                + waves.order().size() + " gateways";
    }
}
