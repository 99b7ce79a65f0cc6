package io.plumbline.gateway.adapter.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with AES-256 in Galois counter mode, under a nonce of its own each time: a byte 'S', the nonce (12 bytes), and the
 * content with its tag (16 bytes). Thread-safe.
 */
public final class WindowSeal {

    private static final int KEY_BYTES = 32;
    private static final byte SEALED = 'S';
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private WindowSeal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Reads the key.
     *
     * @throws IOException if the file cannot be read or does not have 32 bytes
     */
    public static WindowSeal of(Path keyFile) throws IOException {
        var key = Files.readAllBytes(keyFile);
        if (key.length != KEY_BYTES) {
            throw new IOException("it has " + key.length + " bytes");
        }
        return new WindowSeal(key);
    }

    static boolean isSealed(byte[] content) {
        return content.length > 0 && content[0] == SEALED;
    }

    byte[] seal(byte[] content) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(SEALED)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without AES-GCM is a bug", e);
        }
    }

    /** Empty if it was sealed with another key, or was changed. */
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        var nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        var rest = new byte[in.remaining()];
        in.get(rest);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(rest));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
