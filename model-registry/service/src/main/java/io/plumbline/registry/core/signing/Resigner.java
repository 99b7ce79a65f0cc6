package io.plumbline.registry.core.signing;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.registry.core.build.Signer;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Signs builds with the keys that came after them. Only builds that a key of the registry vouches for now: what somebody pushed stays as
 * he signed it.
 */
public final class Resigner {

    private final Repositories repositories;
    private final Signer signer;
    private final TrustedKeys own;
    private final InstantSource clock;

    /** @param own public parts of the keys that the signer has, and had */
    public Resigner(Repositories repositories, Signer signer, TrustedKeys own, InstantSource clock) {
        this.repositories = repositories;
        this.signer = signer;
        this.own = own;
        this.clock = clock;
    }

    /** Adds the signatures that are missing; answers how many. */
    public int run() {
        var count = 0;
        for (var repository : repositories.repositories()) {
            var manifests = repositories.manifests(repository);
            for (var manifest : manifests) {
                if (manifest.artifactType().equals(MediaTypes.BUILD)) {
                    count += sign(
                            repository,
                            manifest,
                            Signatures.envelopes(repositories, Signatures.of(manifests, manifest.digest())));
                }
            }
        }
        return count;
    }

    private int sign(String repository, Manifest build, List<DsseEnvelope> envelopes) {
        var signed = signers(build.digest(), envelopes);
        if (signed.isEmpty()) {
            return 0;
        }
        var missing =
                signer
                        .sign(
                                DsseEnvelope.MANIFEST_DIGEST,
                                build.digest().value().getBytes(StandardCharsets.UTF_8))
                        .stream()
                        .filter(envelope -> !signed.containsAll(signers(build.digest(), List.of(envelope))))
                        .toList();
        missing.forEach(envelope -> Signatures.put(repositories, repository, build.digest(), build.size(), envelope));
        return missing.size();
    }

    /** Own keys that signed this and count now. */
    private Set<TrustedKey> signers(Digest build, List<DsseEnvelope> envelopes) {
        var now = clock.instant();
        var found = new HashSet<TrustedKey>();
        for (var key : own.keys()) {
            var alone = new TrustedKeys(List.of(key));
            if (envelopes.stream()
                    .anyMatch(envelope -> alone.signer(build, envelope, now).isPresent())) {
                found.add(key);
            }
        }
        return found;
    }
}
