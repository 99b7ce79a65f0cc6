package io.plumbline.registry.core.offer;

import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.UnknownJobException;
import java.lang.System.Logger.Level;
import java.time.temporal.ChronoUnit;

/**
 * Writes the rollout of what a recalibration made into the history of that recalibration, each step once, however often it is
 * heard. For one thread.
 */
public final class Offers {

    private static final System.Logger LOG = System.getLogger(Offers.class.getName());

    private final JobStore store;

    public Offers(JobStore store) {
        this.store = store;
    }

    /**
     * A rollout, of a recalibration or not, has made a step.
     *
     * @param recalibrations takes the note
     */
    public void heard(RolloutEvent event, Recalibrations recalibrations) {
        event.recalibration().ifPresent(id -> note(id, event, recalibrations));
    }

    private void note(String id, RolloutEvent event, Recalibrations recalibrations) {
        var at = event.at().truncatedTo(ChronoUnit.MILLIS);
        var what = words(event);
        if (store.history(id).stream()
                .anyMatch(line -> line.at().equals(at) && line.what().equals(what))) {
            return;
        }
        try {
            recalibrations.note(id, at, what);
        } catch (UnknownJobException e) {
            // from before this registry lost its jobs
            LOG.log(Level.DEBUG, "rollout-of-unknown-recalibration recalibration={0}", id);
        }
    }

    private static String words(RolloutEvent event) {
        var wave = event.progress()
                .filter(progress -> progress.wave() > 0)
                .map(progress -> " " + progress.wave() + " of " + progress.waves())
                .orElse("");
        return "its rollout: " + event.stage() + wave + (event.because().isEmpty() ? "" : ": " + event.because());
    }
}
