package io.plumbline.registry.core.oci;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** Blobs that are read into memory as a whole: cards and reports, which are as large as their owner likes until somebody looks. */
public final class Texts {

    /** As much as registries take of a manifest (OCI distribution specification 1.1). */
    public static final int MOST_BYTES = 4 << 20;

    private Texts() {}

    /**
     * @param what it is, for the refusal
     * @return empty if there is no such blob
     * @throws MalformedMessageException if it has more than {@value #MOST_BYTES} bytes
     */
    public static Optional<byte[]> read(Repositories repositories, Digest digest, String what) {
        var file = repositories.file(digest);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            var size = Files.size(file.get());
            if (size > MOST_BYTES) {
                throw new MalformedMessageException(
                        "the " + what + " has " + size + " bytes, and may have " + MOST_BYTES);
            }
            return repositories.blob(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("blob " + digest + " cannot be read", e);
        }
    }
}
