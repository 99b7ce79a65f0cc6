package io.plumbline.gateway.adapter.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is one {@link Frame}, replaced as a whole. */
record FramedFile(Path file) {

    /** @throws IOException also for what is too long to be loaded again */
    void save(byte[] body) throws IOException {
        if (body.length > Frame.MAX_BODY_BYTES) {
            throw new IOException(file + " would have " + body.length + " bytes; it may have " + Frame.MAX_BODY_BYTES);
        }
        GatewayFolder.replace(file, Frame.of(body).array());
    }

    /** Empty where there is none, or none that is whole. */
    Optional<byte[]> load() throws IOException {
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
