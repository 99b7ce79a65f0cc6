package io.plumbline.registry;

import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.adapter.disk.AttemptFiles;
import io.plumbline.registry.adapter.disk.Housekeeper;
import io.plumbline.registry.adapter.disk.Housekeeping;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.adapter.disk.LayoutArchive;
import io.plumbline.registry.adapter.disk.QuestionFolder;
import io.plumbline.registry.adapter.disk.SampleFolder;
import io.plumbline.registry.adapter.disk.SigningKey;
import io.plumbline.registry.adapter.disk.Uploads;
import io.plumbline.registry.adapter.kafka.ControlTopics;
import io.plumbline.registry.adapter.sandbox.ChildSandbox;
import io.plumbline.registry.config.IllegalConfigurationException;
import io.plumbline.registry.config.RegistrySettings;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.Sandbox;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.oci.Keeper;
import io.plumbline.registry.core.retention.Lineage;
import io.plumbline.registry.core.retention.LostCandidates;
import io.plumbline.registry.core.sample.SampleRules;
import io.plumbline.registry.core.sample.Samples;
import io.plumbline.registry.core.sighting.Sightings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;

/** What lies in the data folder, and what looks after it. */
@Singleton
public final class DiskWiring {

    @Produces
    @Singleton
    ImageLayout repositories(RegistrySettings settings) {
        return opened(settings, "layout", ImageLayout::open);
    }

    @Produces
    @Singleton
    Uploads uploads(RegistrySettings settings, Clock clock) {
        return opened(settings, "uploads", folder -> Uploads.open(folder, settings.maxBlobBytes(), clock.instant()));
    }

    @Produces
    @Singleton
    LayoutArchive archive(ImageLayout layout) {
        return new LayoutArchive(layout);
    }

    @Produces
    @Singleton
    Housekeeper housekeeper(
            RegistrySettings settings,
            ImageLayout layout,
            Uploads uploads,
            Samples samples,
            LostCandidates lost,
            Clock clock) {
        var housekeeping = new Housekeeping(layout, uploads, settings.blobGrace());
        return new Housekeeper(housekeeping, List.of(samples::expire, lost::look), settings.blobGrace(), clock);
    }

    @Produces
    @Singleton
    LostCandidates lostCandidates(
            RegistrySettings settings,
            Catalog catalog,
            Keeper keeper,
            JobStore jobs,
            Recalibrations recalibrations,
            Clock clock) {
        var known = new LostCandidates.Known(catalog, keeper, jobs, recalibrations);
        return new LostCandidates(known, settings.candidateAge(), clock);
    }

    @Produces
    @Singleton
    SampleRules sampleRules(RegistrySettings settings) {
        return settings.samples();
    }

    @Produces
    @Singleton
    Samples samples(
            RegistrySettings settings,
            Recalibrations recalibrations,
            JobStore store,
            ControlTopics topics,
            Clock clock) {
        var shelf = opened(settings, "samples", SampleFolder::open);
        var questions = opened(settings, "sample-questions", QuestionFolder::open);
        var outside = new Samples.Outside(store, questions, topics::send);
        return new Samples(settings.samples(), shelf, recalibrations, outside, clock);
    }

    @Produces
    @Singleton
    Keeper keeper(Catalog catalog, Sightings sightings) {
        return new Lineage(catalog, sightings::use);
    }

    @Produces
    @Singleton
    KeyRing keys(RegistrySettings settings, Clock clock) {
        return KeyRing.of(
                settings.signingKeys().stream()
                        .map(file -> opened(settings, file.name(), place -> SigningKey.open(place, file.until())))
                        .toList(),
                clock);
    }

    private interface Opening<T> {
        T open(Path place) throws IOException, GeneralSecurityException;
    }

    private static <T> T opened(RegistrySettings settings, String name, Opening<T> opening) {
        try {
            return opening.open(settings.dataDir().resolve(name));
        } catch (IOException
                | UncheckedIOException
                | GeneralSecurityException
                | MalformedMessageException
                | IllegalArgumentException e) {
            throw new IllegalConfigurationException(
                    "data-dir",
                    settings.dataDir().toString(),
                    "must hold its '" + name + "' undamaged, which a backup restores, and readable and writable: " + e);
        }
    }

    @Produces
    @Singleton
    Sandbox sandbox(RegistrySettings settings) {
        return opened(settings, "sandbox", folder -> ChildSandbox.open(folder, settings.sandbox()));
    }

    @Produces
    @Singleton
    AttemptFiles attempts(RegistrySettings settings) {
        return opened(settings, "attempts", AttemptFiles::open);
    }
}
