package io.plumbline.registry.core.retention;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.UnknownJobException;
import io.plumbline.registry.core.oci.Keeper;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes candidates that lost: each recalibration publishes several, and gateways score them once. Only those of recalibrations that are known,
 * and over for long enough; what somebody gave a tag, or what the keeper wants, stays. Confined to one thread.
 */
public final class LostCandidates {

    private static final System.Logger LOG = System.getLogger(LostCandidates.class.getName());

    /** Recalibrations of a model that are looked through; what older ones left stays. */
    private static final int MOST_JOBS = 2_000;

    private final Catalog catalog;
    private final Keeper keeper;
    private final JobStore jobs;
    private final Recalibrations recalibrations;
    private final Duration age;
    private final InstantSource clock;

    /**
     * What it looks at.
     *
     * @param keeper knows what is needed otherwise
     * @param recalibrations get it into their histories
     */
    public record Known(Catalog catalog, Keeper keeper, JobStore jobs, Recalibrations recalibrations) {}

    /** @param age how long candidates are kept behind the end of their recalibration */
    public LostCandidates(Known known, Duration age, InstantSource clock) {
        this.catalog = known.catalog();
        this.keeper = known.keeper();
        this.jobs = known.jobs();
        this.recalibrations = known.recalibrations();
        this.age = age;
        this.clock = clock;
    }

    /** Deletes what may go. To be called now and then. */
    public void look() {
        for (var repository : catalog.repositories().repositories()) {
            VersionJobs.model(repository).ifPresent(this::look);
        }
    }

    private void look(ModelName model) {
        var recalibrated = catalog.recalibrated(model);
        if (recalibrated.isEmpty()) {
            return;
        }
        var all = jobs.newest(model, MOST_JOBS);
        var won = all.stream().flatMap(job -> winner(job).stream()).collect(Collectors.toSet());
        for (var job : all) {
            if (isLongOver(job)) {
                delete(job, lost(job, recalibrated, won));
            }
        }
    }

    private boolean isLongOver(Job job) {
        return job.isOver() && job.changedAt().plus(age).isBefore(clock.instant());
    }

    private static Optional<Digest> winner(Job job) {
        return job.state() instanceof Recalibration.Ended ended
                        && ended.outcome() instanceof RecalibrationEvent.Accepted accepted
                ? Optional.of(accepted.candidate())
                : Optional.empty();
    }

    /** Of two recalibrations of one build only one is under way at a time, so that its time tells whose a candidate is. */
    private static boolean isOf(Job job, BuildCard card) {
        return card.parent().equals(Optional.of(job.request().build()))
                && !card.createdAt().isBefore(job.createdAt())
                && !card.createdAt().isAfter(job.changedAt());
    }

    private List<Digest> lost(Job job, List<ModelView.Build> recalibrated, Set<Digest> won) {
        return recalibrated.stream()
                .filter(build -> isOf(job, build.card()))
                .map(ModelView.Build::manifest)
                .filter(build -> !won.contains(build))
                .toList();
    }

    private void delete(Job job, List<Digest> lost) {
        var repository = MediaTypes.repository(job.model());
        var gone = new ArrayList<Digest>();
        for (var build : lost) {
            var manifest = catalog.repositories().find(repository, build.value());
            if (manifest.isPresent()
                    && catalog.tags(repository, build).isEmpty()
                    && keeper.objection(repository, manifest.get()).isEmpty()) {
                try {
                    catalog.repositories().deleteManifest(repository, build.value());
                    gone.add(build);
                } catch (OciException e) {
                    LOG.log(Level.DEBUG, "candidate-gone somebody was faster build=" + build, e);
                }
            }
        }
        if (!gone.isEmpty()) {
            tell(job, gone);
        }
    }

    /** Gone first, told then: a history that says so is right. */
    private void tell(Job job, List<Digest> gone) {
        LOG.log(
                Level.INFO,
                "candidates-deleted model=" + job.model() + " recalibration=" + job.id() + " count=" + gone.size());
        try {
            var words = gone.stream().map(Digest::value).collect(Collectors.joining(", "));
            recalibrations.note(
                    job.id(), clock.instant(), "candidates that lost deleted, " + age + " after the end: " + words);
        } catch (UnknownJobException e) {
            throw new IllegalStateException("a recalibration that was just read is gone", e);
        }
    }
}
