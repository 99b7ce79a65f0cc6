package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of builds: from this disk where they are, else from the registry, and then kept. Nothing leaves this class that
 * does not have its digest, and no manifest that no trusted key signed. Thread-safe.
 */
final class BuildContent {

    private final ModelFolder folder;
    private final RegistryClient registry;
    private final TrustRoot trust;
    private final ReentrantLock fetching = new ReentrantLock();

    BuildContent(ModelFolder folder, RegistryClient registry, TrustRoot trust) {
        this.folder = folder;
        this.registry = registry;
        this.trust = trust;
    }

    /** The manifest of a build, signed by a trusted key. */
    OciManifest manifest(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try {
            var kept = folder.content(digest);
            var bytes = kept.isPresent() ? kept.get() : registry.manifest(model, digest);
            requireSigned(model, digest);
            if (kept.isEmpty()) {
                folder.keep(bytes);
            }
            return parse(bytes);
        } catch (IOException e) {
            throw RegistryClient.diskFailed(e);
        }
    }

    /** The bytes of the one layer of this type. */
    byte[] layer(ModelName model, OciManifest manifest, String mediaType)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return blob(model, manifest.layer(mediaType));
    }

    byte[] blob(ModelName model, OciManifest.Descriptor blob)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try {
            var kept = folder.content(blob.digest());
            if (kept.isPresent()) {
                return kept.get();
            }
            fetch(model, blob);
            return folder.content(blob.digest())
                    .orElseThrow(() ->
                            new UnavailableBuildException("the disk lost " + blob.digest() + " as it was written"));
        } catch (IOException e) {
            throw RegistryClient.diskFailed(e);
        }
    }

    /** Puts a blob onto this disk, unless it is there undamaged; it need not fit into memory. */
    void ensure(ModelName model, OciManifest.Descriptor blob)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try {
            if (!folder.holds(blob.digest())) {
                fetch(model, blob);
            }
        } catch (IOException e) {
            throw RegistryClient.diskFailed(e);
        }
    }

    /** One blob at a time: links to sites are thin, and two would write the same file. */
    private void fetch(ModelName model, OciManifest.Descriptor blob)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException, IOException {
        fetching.lockInterruptibly();
        try {
            if (folder.holds(blob.digest())) {
                return; // it came while this thread waited
            }
            try (var partial = folder.partial(blob.digest())) {
                registry.fetch(model, blob.size(), partial);
            }
        } finally {
            fetching.unlock();
        }
    }

    /** Makes room, if there is too much, of what these builds do not need. */
    void spare(Set<Digest> builds) throws IOException {
        if (!folder.isOverfull()) {
            return;
        }
        var spared = new HashSet<>(builds);
        for (var build : builds) {
            var manifest = folder.content(build);
            if (manifest.isPresent()) {
                spared.addAll(blobs(manifest.get()));
            }
        }
        folder.evict(spared);
    }

    private static List<Digest> blobs(byte[] manifest) {
        try {
            return parse(manifest).blobs().map(OciManifest.Descriptor::digest).toList();
        } catch (UnfitBuildException e) {
            return List.of(); // it names nothing that could be run
        }
    }

    /** What is on this disk only; empty if a part is missing. Signatures are not asked for: nothing is run from it. */
    Optional<byte[]> keptLayer(Digest manifest, String mediaType) throws IOException, UnfitBuildException {
        var bytes = folder.content(manifest);
        return bytes.isEmpty()
                ? Optional.empty()
                : folder.content(parse(bytes.get()).layer(mediaType).digest());
    }

    /** The config of a manifest, if both are on this disk. */
    Optional<byte[]> keptConfig(Digest manifest) throws IOException, UnfitBuildException {
        var bytes = folder.content(manifest);
        return bytes.isEmpty()
                ? Optional.empty()
                : folder.content(parse(bytes.get()).config().digest());
    }

    private void requireSigned(ModelName model, Digest manifest)
            throws IOException, UnfitBuildException, UnavailableBuildException, InterruptedException {
        var kept = folder.signature(manifest);
        if (kept.isPresent() && vouches(manifest, kept.get())) {
            return;
        }
        var offered = registry.signatures(model, manifest);
        var unreadable = 0;
        for (var referrer : offered) {
            var envelope = envelope(model, referrer);
            unreadable += envelope.isPresent() ? 0 : 1;
            if (envelope.isPresent() && vouches(manifest, envelope.get())) {
                folder.keepSignature(manifest, envelope.get());
                return;
            }
        }
        throw new UnfitBuildException("no key of the trust root signed " + manifest + "; the registry has "
                + offered.size() + " signatures of it, and none is valid"
                + (unreadable == 0 ? "" : ": " + unreadable + " cannot be read"));
    }

    /** Anybody may have put it there: what cannot be read does not keep the others from being asked. */
    private Optional<byte[]> envelope(ModelName model, OciManifest.Descriptor referrer)
            throws UnavailableBuildException, InterruptedException {
        try {
            var manifest = registry.findManifest(model, referrer.digest());
            if (manifest.isEmpty()) {
                return Optional.empty();
            }
            var layer = parse(manifest.get()).layer(MediaTypes.SIGNATURE);
            return layer.size() > DsseEnvelope.MOST_BYTES ? Optional.empty() : registry.findBlob(model, layer.digest());
        } catch (UnfitBuildException e) {
            return Optional.empty();
        }
    }

    private boolean vouches(Digest manifest, byte[] envelope) throws UnfitBuildException {
        try {
            var signed = Json.decode(envelope, DsseEnvelope.class);
            return trust.read().signer(manifest, signed, trust.now()).isPresent();
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
}
