package io.plumbline.fleet.core.enrolment;

import io.plumbline.contract.id.Digest;
import io.plumbline.fleet.core.spec.Joiner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * A gateway that came by invitation.
 *
 * @param credential the digest of its secret
 * @param removed since when it is no longer in the fleet. It is known all the same, to be told that it is to run nothing
 */
public record Member(Joiner joiner, Digest credential, Instant enrolled, Optional<Instant> removed) {

    /** Whether this is its secret. Takes as long for every wrong one. */
    public boolean knows(String secret) {
        return MessageDigest.isEqual(bytes(digest(secret)), bytes(credential));
    }

    /** The same, no longer in the fleet. */
    public Member removed(Instant at) {
        return new Member(joiner, credential, enrolled, Optional.of(at));
    }

    /** What is kept of a token or a secret. */
    public static Digest digest(String secret) {
        return Digest.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Digest digest) {
        return digest.value().getBytes(StandardCharsets.US_ASCII);
    }
}
