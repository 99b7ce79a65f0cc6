package io.plumbline.registry.core.carriage;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.signing.Signatures;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Keeps the peer equal to what is here, as far as builds and their signatures go: what came while the peer was away is carried when it
 * is back, and what a start does not know of is looked up there. Nothing is deleted at the peer. Without a peer it has nothing to do.
 * Thread-safe; one thread looks.
 */
public final class Carrier {

    private static final System.Logger LOG = System.getLogger(Carrier.class.getName());

    /** So many failures in a row are the peer's, and not the builds'. */
    private static final int AWAY = 3;

    private static final String ON_ITS_WAY = "it is on its way";

    private final Repositories repositories;
    private final Optional<Peer> peer;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Builds that were tried in vain at the last look. Only the thread that looks touches it. */
    private Set<Digest> failed = Set.of();

    /** Builds that are there, and the manifests of the signatures that went with them. Guarded by the lock. */
    private final Map<Digest, Set<Digest>> there = new HashMap<>();
    /** Why builds are not there. Guarded by the lock. */
    private final Map<Digest, String> missing = new HashMap<>();

    /** Who waits for builds. Guarded by the lock. */
    private final List<Awaited> awaited = new ArrayList<>();

    /** @param peer empty where gateways pull from here */
    public Carrier(Repositories repositories, Optional<Peer> peer, InstantSource clock) {
        this.repositories = repositories;
        this.peer = peer;
        this.clock = clock;
    }

    private record Awaited(List<Digest> builds, Duration patience, Instant until, Consumer<Optional<String>> then) {}

    private record Load(ModelName model, String repository, Manifest build, List<Manifest> signatures) {

        Set<Digest> signed() {
            return signatures.stream().map(Manifest::digest).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Builds that are here and not known to be at the peer. */
    public int waiting() {
        lock.lock();
        try {
            return missing.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Carries what is missing. The newest goes first, as gateways may wait for it, but what failed at the look before goes last: builds that the
     * peer will never take must not stand before those that it takes.
     */
    public void look() {
        if (peer.isPresent()) {
            var loads = open();
            begin(loads);
            var failures = new HashMap<Digest, String>();
            var inRow = 0;
            var tried = new HashSet<Digest>();
            for (var load : loads) {
                var build = load.build().digest();
                var failure = inRow < AWAY ? carry(peer.get(), load) : Optional.of("others failed just before");
                if (failure.isPresent()) {
                    failures.put(build, failure.get());
                    tried.addAll(inRow < AWAY ? Set.of(build) : Set.of());
                }
                inRow = failure.isPresent() ? inRow + 1 : 0;
            }
            tell(peer.get(), failures);
            failed = tried;
            tellWaiting(peer.get());
        }
    }

    /** What was not known to be open before waits from now on; why is kept of the others. */
    private void begin(List<Load> loads) {
        lock.lock();
        try {
            loads.forEach(load -> missing.putIfAbsent(load.build().digest(), ON_ITS_WAY));
        } finally {
            lock.unlock();
        }
    }

    private List<Load> open() {
        var all = new ArrayList<Load>();
        for (var repository : repositories.repositories()) {
            VersionJobs.model(repository).ifPresent(model -> all.addAll(open(model, repository)));
        }
        all.sort(Comparator.comparing(load -> failed.contains(load.build().digest())));
        return all;
    }

    private List<Load> open(ModelName model, String repository) {
        var manifests = repositories.manifests(repository);
        var loads = manifests.stream()
                .filter(manifest -> manifest.artifactType().equals(MediaTypes.BUILD))
                .map(build -> new Load(model, repository, build, Signatures.of(manifests, build.digest())))
                .filter(load -> !isThere(load))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(loads);
        return loads;
    }

    private boolean isThere(Load load) {
        lock.lock();
        try {
            return load.signed().equals(there.get(load.build().digest()));
        } finally {
            lock.unlock();
        }
    }

    /** Answers why it is not there. */
    private Optional<String> carry(Peer to, Load load) {
        var build = load.build().digest();
        var stored = repositories.manifest(load.repository(), build.value());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            to.take(load.model(), stored.get(), Signatures.envelopes(repositories, load.signatures()));
        } catch (PeerException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        lock.lock();
        try {
            there.put(build, load.signed());
            missing.remove(build);
        } finally {
            lock.unlock();
        }
        tellWaiting(to);
        return Optional.empty();
    }

    private void tell(Peer to, Map<Digest, String> failures) {
        lock.lock();
        try {
            failures.forEach((build, because) -> {
                if (!because.equals(missing.get(build))) {
                    LOG.log(
                            Level.WARNING,
                            "build-not-carried it is not at " + to.name() + " build=" + build + " reason=" + because);
                }
            });
            if (failures.isEmpty() && !failed.isEmpty()) {
                LOG.log(Level.INFO, "builds-carried all are at " + to.name());
            }
            missing.clear();
            missing.putAll(failures);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param patience after which it is said why they are not; they are carried all the same when the peer is back
     * @param then is told once all of these builds are where gateways pull from, or why they are not: at once if they are, else by the thread
     *     that looks
     */
    public void whenThere(List<Digest> builds, Duration patience, Consumer<Optional<String>> then) {
        if (!waits(new Awaited(builds, patience, clock.instant().plus(patience), then))) {
            then.accept(Optional.empty());
        }
    }

    private boolean waits(Awaited one) {
        lock.lock();
        try {
            return peer.isPresent() && !there.keySet().containsAll(one.builds()) && awaited.add(one);
        } finally {
            lock.unlock();
        }
    }

    /** Tells those whose builds have arrived, and those who have waited long enough. */
    private void tellWaiting(Peer to) {
        List<Runnable> told = new ArrayList<>();
        lock.lock();
        try {
            for (var one : List.copyOf(awaited)) {
                var isThere = there.keySet().containsAll(one.builds());
                if (isThere || !clock.instant().isBefore(one.until())) {
                    var because = isThere ? Optional.<String>empty() : Optional.of(sentence(to, one));
                    told.add(() -> one.then().accept(because));
                    awaited.remove(one);
                }
            }
        } finally {
            lock.unlock();
        }
        told.forEach(Runnable::run);
    }

    /** Called with the lock. */
    private String sentence(Peer to, Awaited one) {
        var because = one.builds().stream()
                .filter(build -> !there.containsKey(build))
                .map(build -> missing.getOrDefault(build, ON_ITS_WAY))
                .findFirst()
                .orElse("");
        return "the candidates are not at " + to.name() + ", where gateways pull from, after " + one.patience() + ": "
                + because;
    }
}
