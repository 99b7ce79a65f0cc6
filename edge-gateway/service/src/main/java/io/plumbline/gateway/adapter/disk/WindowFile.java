package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.pipeline.WindowStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The windows of the reservoirs, as one {@link Frame}. */
public final class WindowFile implements WindowStore {

    private final Path file;

    public WindowFile(Path file) {
        this.file = file;
    }

    @Override
    public void save(byte[] windows) throws IOException {
        GatewayFolder.replace(file, Frame.of(List.of(windows)).array());
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        var content = GatewayFolder.read(file);
        if (content.isEmpty() || content.get().length < Frame.HEADER_BYTES) {
            return Optional.empty();
        }
        var frame = ByteBuffer.wrap(content.get());
        var body = new byte[content.get().length - Frame.HEADER_BYTES];
        frame.get(Frame.HEADER_BYTES, body);
        return Frame.bodyLength(frame) == body.length && Frame.isIntact(frame, body)
                ? Optional.of(body)
                : Optional.empty();
    }
}
