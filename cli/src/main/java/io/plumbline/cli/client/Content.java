package io.plumbline.cli.client;

import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a blob is made of: bytes, or a file of any size, which is read as it is sent and must not change meanwhile. */
public final class Content {

    private final Digest digest;
    private final long size;
    private final Source source;

    private Content(Digest digest, long size, Source source) {
        this.digest = digest;
        this.size = size;
        this.source = source;
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    /** @param bytes not copied */
    public static Content of(byte[] bytes) {
        return new Content(Digest.of(bytes), bytes.length, () -> new java.io.ByteArrayInputStream(bytes));
    }

    /** @throws ClientException if the file cannot be read */
    public static Content of(Path file) throws ClientException {
        try {
            return new Content(Digest.of(file), Files.size(file), () -> Files.newInputStream(file));
        } catch (IOException e) {
            throw new ClientException(file + " cannot be read: " + e, e);
        }
    }

    public Digest digest() {
        return digest;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    BodyPublisher publisher() {
        var stream = BodyPublishers.ofInputStream(this::opened);
        return size == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(stream, size);
    }

    /** What cannot be opened any more is sent as nothing, and refused for its length. */
    private InputStream opened() {
        try {
            return source.open();
        } catch (IOException e) {
            return InputStream.nullInputStream();
        }
    }
}
