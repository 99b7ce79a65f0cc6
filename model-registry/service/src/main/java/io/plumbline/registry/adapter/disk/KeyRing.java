package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.registry.core.build.Signer;
import io.plumbline.registry.core.signing.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry's keys. Until an old one is over both sign everything, so gateways may get to know the new one at any time before, in any
 * order.
 */
public final class KeyRing implements Signer {

    private final List<SigningKey> keys;
    private final InstantSource clock;

    private KeyRing(List<SigningKey> keys, InstantSource clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    /** @throws IOException also if a key with an end is not there: it cannot be one that gateways know */
    public static KeyRing open(Path folder, List<KeyFile> files, InstantSource clock)
            throws IOException, GeneralSecurityException {
        var keys = new ArrayList<SigningKey>();
        for (var file : files) {
            keys.add(SigningKey.open(folder.resolve(file.name()), file.until()));
        }
        return of(keys, clock);
    }

    /** @param keys in the order in which they are told */
    public static KeyRing of(List<SigningKey> keys, InstantSource clock) {
        return new KeyRing(keys, clock);
    }

    @Override
    public List<DsseEnvelope> sign(String payloadType, byte[] content) {
        var now = clock.instant();
        return keys.stream()
                .filter(key -> key.trusted().countsAt(now))
                .map(key -> key.sign(payloadType, content))
                .toList();
    }

    /** The public parts, with their ends: what gateways are to trust. */
    public TrustedKeys trust() {
        List<TrustedKey> trusted = keys.stream().map(SigningKey::trusted).toList();
        return new TrustedKeys(trusted);
    }
}
