package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.pipeline.WindowStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The windows of the reservoirs, as one {@link Frame}. */
public final class WindowFile implements WindowStore {

    private final FramedFile file;

    public WindowFile(Path file) {
        this.file = new FramedFile(file);
    }

    @Override
    public void save(byte[] windows) throws IOException {
        file.save(windows);
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        return file.load();
    }
}
