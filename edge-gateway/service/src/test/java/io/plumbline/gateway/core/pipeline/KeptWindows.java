package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.snapshot.WindowStore;
import java.util.Optional;

/** In memory. */
final class KeptWindows implements WindowStore {

    private volatile Optional<byte[]> kept = Optional.empty();

    @Override
    public void save(byte[] windows) {
        kept = Optional.of(windows);
    }

    @Override
    public Optional<byte[]> load() {
        return kept;
    }
}
