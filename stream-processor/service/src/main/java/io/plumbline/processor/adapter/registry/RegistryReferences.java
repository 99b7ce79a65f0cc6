package io.plumbline.processor.adapter.registry;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.drift.Reference;
import io.plumbline.judging.References;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * References from the registry. The first question about a build starts a fetch beside the stream and is answered with
 * nothing; what arrives is kept, the builds asked for last. A failed fetch is tried again, not before some time has passed. Thread-safe.
 */
public final class RegistryReferences implements References {

    private static final Logger LOG = Logger.getLogger(RegistryReferences.class);

    private static final int MOST_BUILDS = 256;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final OciPackages packages;
    private final Executor background;
    private final Clock clock;
    private final Map<Digest, Fetch> fetches = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param background runs the fetches
     * @param clock wall clock
     */
    public RegistryReferences(URI registry, HttpClient http, Executor background, Clock clock) {
        this.packages = new OciPackages(registry, http);
        this.background = background;
        this.clock = clock;
    }

    private record Fetch(Optional<Reference> reference, Instant retryAt) {}

    @Override
    public Optional<Reference> of(ModelName model, Digest build) {
        synchronized (fetches) {
            var known = fetches.get(build);
            var now = clock.instant();
            if (known == null || (known.reference().isEmpty() && !now.isBefore(known.retryAt()))) {
                keep(build, new Fetch(Optional.empty(), Instant.MAX));
                background.execute(() -> fetch(model, build));
            }
            return Optional.ofNullable(fetches.get(build)).flatMap(Fetch::reference);
        }
    }

    private void fetch(ModelName model, Digest build) {
        var reference = Optional.<Reference>empty();
        try {
            reference = Optional.of(packages.fetch(model, build));
            LOG.infof("reference fetched model=%s build=%s", model, build.shortHex());
        } catch (IOException | MalformedMessageException e) {
            LOG.warnf("reference not available model=%s build=%s reason=%s", model, build.shortHex(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (fetches) {
                keep(build, new Fetch(reference, clock.instant().plus(RETRY)));
            }
        }
    }

    private void keep(Digest build, Fetch fetch) {
        fetches.remove(build);
        fetches.put(build, fetch);
        if (fetches.size() > MOST_BUILDS) {
            fetches.remove(fetches.keySet().iterator().next());
        }
    }
}
