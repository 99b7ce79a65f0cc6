package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An OCI content digest, {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">OCI image spec 1.1</a>
 */
public record Digest(@JsonValue String value) implements Comparable<Digest> {

    private static final String ALGORITHM = "sha256:";
    private static final int HEX_DIGITS = 64;
    private static final int SHORT_HEX = 12;

    /** @throws IllegalArgumentException if the value is not a sha256 digest */
    @JsonCreator
    public Digest {
        if (!isValid(value)) {
            throw new IllegalArgumentException("digest '" + value + "' must be 'sha256:' and 64 hexadecimal digits");
        }
    }

    public static boolean isValid(String value) {
        if (value.length() != ALGORITHM.length() + HEX_DIGITS || !value.startsWith(ALGORITHM)) {
            return false;
        }
        for (int i = ALGORITHM.length(); i < value.length(); i++) {
            if (!isHex(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] content) {
        return ofHash(sha256().digest(content));
    }

    /** The digest of a file of any size, of which little is in memory at a time. */
    public static Digest of(Path file) throws IOException {
        var hash = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return ofHash(hash.digest());
    }

    /** A digest from a finished SHA-256 computation (32 bytes). */
    public static Digest ofHash(byte[] hash) {
        return new Digest(ALGORITHM + HexFormat.of().formatHex(hash));
    }

    /** A fresh SHA-256 computation, for content that is streamed. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256; its absence is a bug", e);
        }
    }

    /** The hexadecimal part. */
    public String hex() {
        return value.substring(ALGORITHM.length());
    }

    /** The first 12 hexadecimal digits, for people. */
    public String shortHex() {
        return hex().substring(0, SHORT_HEX);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
