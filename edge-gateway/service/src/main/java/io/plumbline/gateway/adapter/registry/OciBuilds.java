package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.BuildStore;
import io.plumbline.gateway.core.build.PackagedModel;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.core.stream.KnownBuild;
import io.plumbline.gateway.core.stream.KnownBuilds;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.Input;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.card.SensorInput;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.ModelFiles;
import io.plumbline.inference.model.ModelPackage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Builds of an OCI registry, with a copy of each on this disk as far as there is room. Thread-safe. */
public final class OciBuilds implements BuildStore, KnownBuilds {

    private static final Logger LOG = Logger.getLogger(OciBuilds.class);

    private static final int WARM_UP_RUNS = 20;

    private static final Duration TUNING = Duration.ofMillis(300);

    private final BuildContent content;
    private final TrustRoot trust;
    private final EngineChoices choices;
    private final Map<Digest, KnownBuild> known = new ConcurrentHashMap<>();
    private volatile Optional<Set<Digest>> retained = Optional.empty();

    /**
     * A registry, how it is reached, and how long it is waited for.
     *
     * @param http follows no redirects by itself
     */
    public record Upstream(HttpClient http, Repositories repositories, Patience patience) {

        /** Of Plumbline's own registry. */
        public Upstream(HttpClient http, URI registry, Patience patience) {
            this(http, Repositories.ofPlumbline(registry), patience);
        }
    }

    /** @param choices with which options a build runs here */
    public OciBuilds(Upstream upstream, ModelFolder folder, TrustRoot trust, EngineChoices choices) {
        this.choices = choices;
        this.trust = trust;
        var client = new RegistryClient(upstream.http(), upstream.repositories(), upstream.patience());
        this.content = new BuildContent(folder, client, trust);
    }

    @Override
    public void fetch(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try {
            requireNotTakenBack(model, build);
            var manifest = content.manifest(model, build);
            for (var blob : manifest.blobs().toList()) {
                content.ensure(model, blob);
            }
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        }
        makeRoom();
    }

    @Override
    public void retain(Set<Digest> builds) {
        retained = Optional.of(Set.copyOf(builds));
        makeRoom();
    }

    /** Nothing goes before it is known what must stay; and a cache that is too large is no reason to refuse a build. */
    private void makeRoom() {
        try {
            if (retained.isPresent()) {
                content.spare(retained.get());
            }
        } catch (IOException e) {
            LOG.warnf("models-not-tidied reason=%s", e);
        }
    }

    /** Before anything of it comes over the line where its digest says enough, else before anything but its card does. */
    private void requireNotTakenBack(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var root = trust.read();
        refuse(root.revocation(build));
        if (root.notBefore(model).isPresent()) {
            var card = card(content.blob(model, content.manifest(model, build).config()));
            refuse(root.tooOld(model, build, card.createdAt()));
        }
    }

    private static void refuse(Optional<String> because) throws UnfitBuildException {
        if (because.isPresent()) {
            throw new UnfitBuildException(because.get());
        }
    }

    private static BuildCard card(byte[] json) throws UnfitBuildException {
        try {
            return Json.decode(json, BuildCard.class);
        } catch (MalformedMessageException e) {
            throw new UnfitBuildException("the build's card is malformed: " + e.getMessage(), e);
        }
    }

    /** Of a build whose card is not here yet only what its digest says. */
    @Override
    public Optional<String> takenBack(ModelName model, Digest build) {
        try {
            var root = trust.read();
            var revoked = root.revocation(build);
            if (revoked.isPresent() || root.notBefore(model).isEmpty()) {
                return revoked;
            }
            var kept = content.keptConfig(build);
            return kept.isEmpty()
                    ? Optional.empty()
                    : root.tooOld(model, build, card(kept.get()).createdAt());
        } catch (IOException | UnfitBuildException e) {
            return Optional.empty(); // whoever loads it hears of that
        }
    }

    @Override
    public Build load(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        requireNotTakenBack(model, digest);
        return loadForWantOfAnother(model, digest);
    }

    @Override
    public Build loadForWantOfAnother(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try {
            var files = files(model, digest);
            makeRoom();
            var loaded = ready(digest, files);
            return new Build(
                    digest,
                    files.build(),
                    new KnownBuild(files.card(), files.profile()),
                    new PackagedModel(digest, loaded));
        } catch (ModelLoadException | CardException | MalformedMessageException e) {
            throw new UnfitBuildException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new UnfitBuildException("loading it failed: " + e, e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        }
    }

    /** With the options that were chosen before; should it fail with them, that is no reason to refuse it. */
    private ModelPackage ready(Digest digest, ModelFiles files) throws UnfitBuildException, ModelLoadException {
        var chosen = choices.of(digest);
        try {
            return ready(digest, files, chosen);
        } catch (UnfitBuildException e) {
            if (chosen.filter(options -> !options.equals(EngineOptions.DEFAULT)).isEmpty()) {
                throw e;
            }
            choices.forget(digest);
            return ready(digest, files, Optional.empty());
        }
    }

    private ModelPackage ready(Digest digest, ModelFiles files, Optional<EngineOptions> chosen)
            throws UnfitBuildException, ModelLoadException {
        var loaded = ModelPackage.load(files, chosen.orElse(EngineOptions.DEFAULT));
        try {
            prove(loaded);
            if (chosen.isEmpty()) {
                choices.remember(digest, loaded.tune(Runtime.getRuntime().availableProcessors(), TUNING));
            }
            return loaded;
        } catch (UnfitBuildException | RuntimeException | OutOfMemoryError e) {
            loaded.close();
            throw e;
        }
    }

    /** What was asked for is gone again, and the process goes on: without this it would end, and start with the same build. */
    private static UnfitBuildException tooLarge(OutOfMemoryError e) {
        return new UnfitBuildException("it is larger than the memory of this gateway (" + e.getMessage() + ")", e);
    }

    private ModelFiles files(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, CardException, InterruptedException {
        var manifest = content.manifest(model, digest);
        if (!manifest.artifactType().equals(Optional.of(MediaTypes.BUILD))) {
            throw new UnfitBuildException("the manifest is not of a build but of type "
                    + manifest.artifactType().orElse("(none)"));
        }
        var card = card(content.blob(model, manifest.config()));
        if (!card.model().equals(model)) {
            throw new UnfitBuildException("the build is of model " + card.model() + ", not of " + model);
        }
        return new ModelFiles(
                card,
                ModelBytes.of(content.layer(model, manifest, MediaTypes.ONNX)),
                ModelBytes.of(content.layer(model, manifest, MediaTypes.OBSERVED)),
                ModelCard.parse(content.layer(model, manifest, MediaTypes.CARD)),
                Json.decode(content.layer(model, manifest, MediaTypes.PROFILE), ReferenceProfile.class),
                Json.decode(content.layer(model, manifest, MediaTypes.SELF_TEST), SelfTest.class));
    }

    /** The self-test, and a few runs so that the first readings are not slow. */
    private static void prove(ModelPackage loaded) throws UnfitBuildException {
        var failure = loaded.selfTestFailure();
        if (failure.isPresent()) {
            throw new UnfitBuildException(failure.get());
        }
        var window = middling(loaded.card().input());
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            loaded.compare(window, loaded.predict(window));
        }
    }

    /** A window in the middle of every range, or an image of one colour. */
    private static Tensor middling(Input given) {
        if (!(given instanceof SensorInput input)) {
            var size = Arrays.stream(given.shape()).reduce(1, Math::multiplyExact);
            return Tensor.of(given.shape(), new float[Math.toIntExact(size)]);
        }
        var features = input.features();
        var data = new float[input.window() * features.size()];
        for (int i = 0; i < data.length; i++) {
            var feature = features.get(i % features.size());
            data[i] = (float) ((feature.min() + feature.max()) / 2);
        }
        return Tensor.of(input.shape(), data);
    }

    @Override
    public Optional<KnownBuild> find(ModelName model, Digest build) {
        var found = Optional.ofNullable(known.get(build)).or(() -> findOnDisk(build));
        found.ifPresent(there -> known.put(build, there));
        return found;
    }

    private Optional<KnownBuild> findOnDisk(Digest build) {
        try {
            var card = content.keptLayer(build, MediaTypes.CARD);
            var profile = content.keptLayer(build, MediaTypes.PROFILE);
            return card.isEmpty() || profile.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new KnownBuild(
                            ModelCard.parse(card.get()), Json.decode(profile.get(), ReferenceProfile.class)));
        } catch (IOException | UnfitBuildException | CardException | MalformedMessageException e) {
            return Optional.empty();
        }
    }
}
