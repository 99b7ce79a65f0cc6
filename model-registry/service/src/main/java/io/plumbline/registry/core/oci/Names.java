package io.plumbline.registry.core.oci;

import io.plumbline.contract.id.Digest;
import java.util.regex.Pattern;

/** The specification's rules for names; nothing else reaches the disk. */
public final class Names {

    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final int LONGEST = 255;

    private Names() {}

    public static String repository(String name) {
        if (name.length() > LONGEST || !REPOSITORY.matcher(name).matches()) {
            throw new OciException(OciException.Code.NAME_INVALID, "repository name '" + name + "' is not valid");
        }
        return name;
    }

    public static Digest digest(String text) {
        if (!Digest.isValid(text)) {
            throw new OciException(OciException.Code.DIGEST_INVALID, "'" + text + "' is no sha256 digest");
        }
        return new Digest(text);
    }

    /** A tag or a digest. */
    public static String reference(String text) {
        if (!Digest.isValid(text) && !TAG.matcher(text).matches()) {
            throw new OciException(
                    OciException.Code.MANIFEST_INVALID, "reference '" + text + "' is neither a tag nor a digest");
        }
        return text;
    }
}
