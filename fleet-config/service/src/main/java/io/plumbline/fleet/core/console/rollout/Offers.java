package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.rollout.state.Active;
import io.plumbline.rollout.state.Paused;
import io.plumbline.rollout.state.PendingApproval;
import io.plumbline.rollout.state.RollingBack;
import io.plumbline.rollout.state.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be asked of a rollout now, with what it will do. Pure. */
final class Offers {

    private final Active rollout;
    private final List<WaveCell> waves;
    private final long others;
    private final String outlook;

    private Offers(Active rollout, List<WaveCell> waves, long gateways, Optional<RolloutOutlook> outlook) {
        this.rollout = rollout;
        this.waves = waves;
        this.others = Math.max(0, gateways - told());
        this.outlook = outlook.map(one -> " " + one.words()).orElse("");
    }

    /**
     * @param waves those that are planned, where no gateway has been told yet
     * @param gateways how many run the model
     * @param outlook what it has to compare with to its end
     */
    static List<Offer> of(Active rollout, List<WaveCell> waves, long gateways, Optional<RolloutOutlook> outlook) {
        return rollout instanceof RollingBack ? List.of() : new Offers(rollout, waves, gateways, outlook).all();
    }

    private List<Offer> all() {
        var offers = new ArrayList<Offer>();
        if (rollout instanceof PendingApproval) {
            offers.add(approve());
        }
        if (rollout instanceof Running) {
            offers.add(pause());
        }
        if (rollout instanceof Paused paused) {
            offers.add(resume(paused));
        }
        offers.add(abort());
        return List.copyOf(offers);
    }

    private Offer approve() {
        var next = next();
        var effect = told() == 0
                ? next.map(wave -> count(wave.added()) + " " + verb(wave.added(), "is", "are") + " told to run "
                                        + candidate() + ", as soon as no maintenance window or freeze holds it back.")
                                .orElse("The first wave is told.")
                        + outlook
                : "The wave before is judged once more. If it still holds, "
                        + next.map(wave -> count(wave.added()) + " more " + verb(wave.added(), "is", "are")
                                        + " told to run " + candidate() + ", " + wave.total() + " in all.")
                                .orElse("the rollout is complete.");
        return new Offer("approve", "Approve", "Approve the next wave?", effect, Optional.empty(), false);
    }

    private Offer pause() {
        var effect = "Nobody more is told. " + count(told()) + " " + verb(told(), "keeps", "keep") + " " + candidate()
                + " and " + verb(told(), "is", "are") + " still taken back if it proves worse. " + rest();
        return new Offer("pause", "Pause", "Hold this rollout?", effect, Optional.empty(), false);
    }

    private Offer resume(Paused paused) {
        var wave = paused.held().reached().wave() + 1;
        var effect = "Wave " + wave + " of " + waves.size() + " goes on with fresh time to be proven. If it is, "
                + next().map(cell -> count(cell.added()) + " more " + verb(cell.added(), "is", "are") + " told"
                                + (cell.approval() ? " once somebody approves." : " without another question."))
                        .orElse("the rollout is complete.");
        return new Offer("resume", "Resume", "Let this rollout go on?", effect, Optional.empty(), false);
    }

    private Offer abort() {
        if (told() == 0) {
            return new Offer(
                    "abort",
                    "Abort",
                    "End this rollout?",
                    "No gateway has been told yet, so none changes. The rollout does not begin.",
                    Optional.empty(),
                    true);
        }
        var back =
                count(told()) + " " + verb(told(), "is", "are") + " told to go back to " + baseline() + ". " + rest();
        var keep = count(told()) + " " + verb(told(), "keeps", "keep") + " " + candidate() + ". No wave follows. "
                + rest();
        return new Offer("abort", "Abort", "End this rollout?", back, Optional.of(keep), true);
    }

    private String rest() {
        return others == 0 ? "" : count(others) + " " + verb(others, "goes", "go") + " on with " + baseline() + ".";
    }

    private Optional<WaveCell> next() {
        return waves.stream().filter(wave -> wave.state().equals("ahead")).findFirst();
    }

    private int told() {
        return rollout.updated().size();
    }

    private String candidate() {
        return rollout.plan().candidate().shortHex();
    }

    private String baseline() {
        return rollout.plan().baseline().shortHex();
    }

    private static String count(long gateways) {
        return gateways + (gateways == 1 ? " gateway" : " gateways");
    }

    private static String verb(long gateways, String one, String many) {
        return gateways == 1 ? one : many;
    }
}
