package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.util.Optional;

/**
 * The bytes of builds: from this disk where they are, else from the registry, and then kept. Nothing leaves this class that
 * does not have its digest, and no manifest that no trusted key signed. Thread-safe.
 */
final class BuildContent {

    private final ModelFolder folder;
    private final RegistryClient registry;
    private final TrustRoot trust;

    BuildContent(ModelFolder folder, RegistryClient registry, TrustRoot trust) {
        this.folder = folder;
        this.registry = registry;
        this.trust = trust;
    }

    /** The manifest of a build, signed by a trusted key. */
    OciManifest manifest(ModelName model, Digest digest) throws UnfitBuildException, InterruptedException {
        try {
            var kept = folder.content(digest);
            var bytes = kept.isPresent() ? kept.get() : registry.manifest(model, digest);
            requireSigned(model, digest);
            if (kept.isEmpty()) {
                folder.keep(bytes);
            }
            return parse(bytes);
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    /** The bytes of the one layer of this type. */
    byte[] layer(ModelName model, OciManifest manifest, String mediaType)
            throws UnfitBuildException, InterruptedException {
        return blob(model, manifest.layer(mediaType).digest());
    }

    byte[] blob(ModelName model, Digest digest) throws UnfitBuildException, InterruptedException {
        try {
            var kept = folder.content(digest);
            if (kept.isPresent()) {
                return kept.get();
            }
            var fetched = registry.blob(model, digest);
            folder.keep(fetched);
            return fetched;
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    /** What is on this disk only; empty if a part is missing. Signatures are not asked for: nothing is run from it. */
    Optional<byte[]> keptLayer(Digest manifest, String mediaType) throws IOException, UnfitBuildException {
        var bytes = folder.content(manifest);
        return bytes.isEmpty()
                ? Optional.empty()
                : folder.content(parse(bytes.get()).layer(mediaType).digest());
    }

    private void requireSigned(ModelName model, Digest manifest)
            throws IOException, UnfitBuildException, InterruptedException {
        var kept = folder.signature(manifest);
        if (kept.isPresent() && vouches(manifest, kept.get())) {
            return;
        }
        var offered = registry.signatures(model, manifest);
        for (var referrer : offered) {
            var signature = parse(registry.manifest(model, referrer.digest()));
            var envelope =
                    registry.blob(model, signature.layer(MediaTypes.SIGNATURE).digest());
            if (vouches(manifest, envelope)) {
                folder.keepSignature(manifest, envelope);
                return;
            }
        }
        throw new UnfitBuildException("no key of the trust root signed " + manifest + "; the registry has "
                + offered.size() + " signatures of it, and none is valid");
    }

    private boolean vouches(Digest manifest, byte[] envelope) throws UnfitBuildException {
        try {
            return trust.vouchesFor(manifest, Json.decode(envelope, DsseEnvelope.class));
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private static OciManifest parse(byte[] bytes) throws UnfitBuildException {
        try {
            return Json.decode(bytes, OciManifest.class);
        } catch (MalformedMessageException e) {
            throw new UnfitBuildException("the manifest is malformed: " + e.getMessage(), e);
        }
    }

    private static UnfitBuildException diskFailed(IOException e) {
        return new UnfitBuildException("the models folder cannot be used: " + e, e);
    }
}
