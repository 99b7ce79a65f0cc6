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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * References from the registry. The first question about a build waits for the fetch: a window that was judged without its reference
 * is not judged again. What arrives is kept, the builds asked for last. A failed fetch is tried again beside the stream, not before some
 * time has passed, and a registry that hangs is waited for once in a minute, whatever builds are asked for. Thread-safe.
 */
public final class RegistryReferences implements References {

    private static final Logger LOG = Logger.getLogger(RegistryReferences.class);

    private static final int MOST_BUILDS = 256;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final OciPackages packages;
    private final Executor background;
    private final Clock clock;
    private final Duration patience;
    private final Map<Digest, Fetch> fetches = new LinkedHashMap<>(16, 0.75f, true);
    private volatile Instant impatientUntil = Instant.MIN;

    /**
     * @param background runs the fetches
     * @param clock wall clock
     * @param patience how long a first question waits at most
     */
    public RegistryReferences(URI registry, HttpClient http, Executor background, Clock clock, Duration patience) {
        this.packages = new OciPackages(registry, http);
        this.patience = patience;
        this.background = background;
        this.clock = clock;
    }

    /* The first fetch of a build is waited for, by every thread that asks before it ends; later ones are not. */
    private record Fetch(Optional<Reference> reference, Instant retryAt, CompletableFuture<Void> first) {

        private boolean isDue(Instant now) {
            return reference.isEmpty() && !now.isBefore(retryAt);
        }
    }

    @Override
    public Optional<Reference> of(ModelName model, Digest build) {
        await(begin(model, build));
        synchronized (fetches) {
            return Optional.ofNullable(fetches.get(build)).flatMap(Fetch::reference);
        }
    }

    private Future<Void> begin(ModelName model, Digest build) {
        synchronized (fetches) {
            var known = fetches.get(build);
            if (known != null && !known.isDue(clock.instant())) {
                return known.first();
            }
            var first = known == null ? new CompletableFuture<Void>() : known.first();
            keep(build, new Fetch(Optional.empty(), Instant.MAX, first));
            background.execute(() -> fetch(model, build, first));
            return first;
        }
    }

    private void await(Future<Void> first) {
        if (first.isDone() || clock.instant().isBefore(impatientUntil)) {
            return;
        }
        try {
            first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            impatientUntil = clock.instant().plus(PAUSE);
            LOG.warnf("registry-silent judging without references waitedMillis=%d", patience.toMillis());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fetch only ever completes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetch(ModelName model, Digest build, CompletableFuture<Void> first) {
        var reference = Optional.<Reference>empty();
        try {
            reference = Optional.of(packages.fetch(model, build));
            LOG.infof("reference-fetched model=%s build=%s", model, build.shortHex());
        } catch (IOException | MalformedMessageException e) {
            LOG.warnf("reference-not-available model=%s build=%s reason=%s", model, build.shortHex(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (fetches) {
                keep(build, new Fetch(reference, clock.instant().plus(RETRY), first));
            }
            first.complete(null);
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
