package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.window.ProfileBuilder;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.auto.Goal.Figure;
import io.plumbline.quantizer.auto.Goal.Measure;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.oci.Texts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An FP32 model as its owner pushed it.
 *
 * @param digest of the ONNX file
 * @param calibration inputs for the first calibration, which stay in their layer's file
 */
public record Version(
        Manifest manifest,
        Digest digest,
        ModelBytes onnx,
        ModelCard card,
        ModelBytes cardYaml,
        Optional<Tensor.Rows> calibration,
        ReferenceProfile profile) {

    /** A version's manifest, and where it was pushed to. */
    public record Pushed(String repository, Manifest manifest) {}

    /**
     * Reads all of it.
     *
     * @throws BuildException if a layer is missing or breaks its rule
     */
    public static Version read(Pushed pushed, Repositories repositories) throws BuildException {
        var manifest = pushed.manifest();
        var card = card(pushed, repositories);
        var onnxDigest = onnx(manifest);
        try {
            var calibration = samples(manifest, repositories, MediaTypes.CALIBRATION_TITLE);
            var reference =
                    samples(manifest, repositories, MediaTypes.REFERENCE_TITLE).or(() -> calibration);
            var profile = reference.isPresent()
                    ? ProfileBuilder.profile(card, reference.get())
                    : new ReferenceProfile(List.of());
            return new Version(
                    manifest,
                    onnxDigest,
                    ModelBytes.of(content(repositories, onnxDigest)),
                    card,
                    ModelBytes.of(cardYaml(manifest, repositories)),
                    calibration,
                    profile);
        } catch (IllegalArgumentException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads the card alone.
     *
     * @throws BuildException if the card is missing, breaks its rule, or is of another model than the repository
     */
    static ModelCard card(Pushed pushed, Repositories repositories) throws BuildException {
        try {
            var card = ModelCard.parse(cardYaml(pushed.manifest(), repositories));
            var own = MediaTypes.repository(card.model());
            if (!own.equals(pushed.repository())) {
                throw new BuildException("the card is of model '" + card.model() + "', which belongs into " + own
                        + " and not into " + pushed.repository());
            }
            return card;
        } catch (CardException | MalformedMessageException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] cardYaml(Manifest manifest, Repositories repositories) throws BuildException {
        var digest = manifest.layer(MediaTypes.CARD)
                .orElseThrow(() -> new BuildException("the version has no model card layer"));
        return Texts.read(repositories, digest, "model card").orElseThrow(() -> missing(digest));
    }

    static Digest onnx(Manifest manifest) throws BuildException {
        return manifest.layer(MediaTypes.ONNX).orElseThrow(() -> new BuildException("the version has no ONNX layer"));
    }

    private static Optional<Tensor.Rows> samples(Manifest manifest, Repositories repositories, String title)
            throws BuildException {
        var digest = manifest.layer(MediaTypes.SAMPLES, title);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        var file = repositories.file(digest.get()).orElseThrow(() -> missing(digest.get()));
        try {
            return Optional.of(Npy.rows(file));
        } catch (IOException e) {
            throw new BuildException("blob " + digest.get() + " cannot be read: " + e, e);
        }
    }

    private static BuildException missing(Digest digest) {
        return new BuildException("blob " + digest + " is missing");
    }

    private static byte[] content(Repositories repositories, Digest digest) throws BuildException {
        return repositories.blob(digest).orElseThrow(() -> missing(digest));
    }

    /** @throws BuildException if the calibration inputs do not have the card's shape */
    public Source source() throws BuildException {
        return new Source(
                card.model(),
                digest,
                onnx,
                card.input().tensor(),
                samples(),
                SelfTests.probes(card),
                card.goal()
                        .map(goal -> new Goal(
                                Figure.valueOf(goal.figure().name()),
                                goal.least(),
                                Measure.valueOf(goal.measure().name()))));
    }

    /** The calibration inputs one by one, each of the card's shape. */
    private List<Tensor> samples() throws BuildException {
        if (calibration.isEmpty()) {
            return List.of();
        }
        var all = calibration.get();
        var shape = card.input().shape();
        if (all.isEmpty() || !all.fit(shape)) {
            throw new BuildException(MediaTypes.CALIBRATION_TITLE + " is Tensor" + Arrays.toString(all.shape())
                    + "; inputs have the shape " + Arrays.toString(shape));
        }
        return all;
    }
}
