package io.plumbline.registry.core.sample;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.inference.Npy;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.NotNowException;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.UnknownJobException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks gateways for samples, takes those that were asked for, and deletes them. Who may give is decided on the gateways, by what the owner of
 * a stream allows. Thread-safe.
 */
public final class Samples {

    private static final System.Logger LOG = System.getLogger(Samples.class.getName());

    /** A gateway that answers later was killed or away; it would have to be asked again. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SampleRules rules;
    private final SampleShelf shelf;
    private final Recalibrations recalibrations;
    private final Outside outside;
    private final InstantSource clock;

    /**
     * What is around it.
     *
     * @param jobs that samples may belong to
     * @param questions that were asked, also before a restart
     * @param tasks to the gateways
     */
    public record Outside(JobStore jobs, SampleQuestions questions, Consumer<CalibrationMessage> tasks) {}

    public Samples(
            SampleRules rules, SampleShelf shelf, Recalibrations recalibrations, Outside outside, InstantSource clock) {
        this.rules = rules;
        this.shelf = shelf;
        this.recalibrations = recalibrations;
        this.outside = outside;
        this.clock = clock;
    }

    /**
     * Asks the gateways that run the model. What they give comes in a moment, or their reason why nothing does.
     *
     * @param id of a recalibration, which may be over
     * @param by who wants them
     */
    public synchronized void ask(String id, String by) throws UnknownJobException {
        var job = outside.jobs().find(id).orElseThrow(() -> new UnknownJobException(id));
        recalibrations.note(
                id,
                now(),
                "samples asked for by " + by + ": of each gateway at most " + rules.windows() + " windows and "
                        + rules.bytes() + " bytes");
        outside.questions().put(id, clock.instant());
        outside.tasks().accept(new CalibrationMessage.Sample(id, job.model(), rules.windows(), rules.bytes()));
    }

    /**
     * Takes what a gateway gives.
     *
     * @param npy windows along the first axis
     * @throws NotNowException if nobody asked for it, or not lately
     * @throws TooManySamplesException if it is more than may be taken
     * @throws IllegalArgumentException if it is no array
     */
    public synchronized void take(String id, GatewayId gateway, byte[] npy)
            throws UnknownJobException, NotNowException, TooManySamplesException {
        if (outside.jobs().find(id).isEmpty()) {
            throw new UnknownJobException(id);
        }
        var now = clock.instant();
        if (!isWanted(id, now)) {
            throw new NotNowException(
                    "nobody has asked for samples of recalibration " + id + " in the last " + PATIENCE);
        }
        atMost("bytes of a gateway", npy.length, rules.bytes());
        var windows = Math.toIntExact(Npy.read(npy).shape()[0]);
        atMost("windows of a gateway", windows, rules.windows());
        var others = shelf.kept(id).stream()
                .filter(one -> !one.gateway().equals(gateway))
                .toList();
        atMost(
                "bytes of a recalibration",
                npy.length + others.stream().mapToLong(SampleShelf.Kept::bytes).sum(),
                rules.jobBytes());
        atMost(
                "windows of a recalibration",
                windows + others.stream().mapToLong(SampleShelf.Kept::windows).sum(),
                rules.jobWindows());
        // said first: there is nothing of which the history does not tell
        recalibrations.note(id, now(), "keeps " + windows + " windows, " + npy.length + " bytes, of " + gateway);
        shelf.put(id, new SampleShelf.Kept(gateway, windows, npy.length, now), npy);
    }

    private boolean isWanted(String id, Instant now) {
        return outside.questions()
                .last(id)
                .filter(at -> !at.plus(PATIENCE).isBefore(now))
                .isPresent();
    }

    private static void atMost(String what, long is, long most) throws TooManySamplesException {
        if (is > most) {
            throw new TooManySamplesException(is + " " + what + " are more than may be taken: " + most);
        }
    }

    public List<SampleShelf.Kept> kept(String id) {
        return shelf.kept(id);
    }

    public Optional<byte[]> get(String id, GatewayId gateway) {
        return shelf.get(id, gateway);
    }

    /** All of them are gone when the call returns; nothing more is taken until they are asked for again. */
    public synchronized void delete(String id, String by) throws UnknownJobException {
        if (outside.jobs().find(id).isEmpty()) {
            throw new UnknownJobException(id);
        }
        forget(id, "deleted by " + by);
    }

    /** Deletes what is too old. To be called now and then. */
    public synchronized void expire() {
        outside.questions().forgetBefore(clock.instant().minus(PATIENCE));
        var oldest = clock.instant().minus(rules.age());
        for (var id : shelf.recalibrations()) {
            try {
                if (shelf.kept(id).stream().allMatch(one -> one.at().isBefore(oldest))) {
                    forget(id, "deleted: older than " + rules.age());
                }
            } catch (RuntimeException | UnknownJobException e) {
                LOG.log(Level.ERROR, "samples-kept they are to be deleted at the next look recalibration=" + id, e);
            }
        }
    }

    /** Gone first, told then: a history that says so is right. */
    private void forget(String id, String how) throws UnknownJobException {
        outside.questions().forget(id);
        var kept = shelf.kept(id);
        shelf.delete(id);
        var gateways = kept.stream().map(SampleShelf.Kept::gateway).toList();
        if (outside.jobs().find(id).isPresent()) {
            recalibrations.note(id, now(), "samples of " + gateways + " " + how);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
