package io.plumbline.registry.core.oci;

/**
 * A request that the OCI distribution specification answers with an error.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#error-codes">error codes</a>
 */
public final class OciException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    public OciException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public static OciException manifestUnknown(String repository, String reference) {
        return new OciException(Code.MANIFEST_UNKNOWN, "manifest '" + reference + "' is not in '" + repository + "'");
    }

    public Code code() {
        return code;
    }

    /** The specification's codes that this registry gives, and one more for pages, with their HTTP status. */
    public enum Code {
        BLOB_UNKNOWN(404),
        BLOB_UPLOAD_INVALID(416),
        BLOB_UPLOAD_UNKNOWN(404),
        DENIED(409),
        DIGEST_INVALID(400),
        MANIFEST_BLOB_UNKNOWN(404),
        MANIFEST_INVALID(400),
        MANIFEST_UNKNOWN(404),
        NAME_INVALID(400),
        NAME_UNKNOWN(404),
        PAGINATION_NUMBER_INVALID(400),
        SIZE_INVALID(413),
        UNAUTHORIZED(401),
        UNSUPPORTED(405);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
