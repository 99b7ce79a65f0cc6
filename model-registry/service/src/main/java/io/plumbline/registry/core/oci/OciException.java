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

    public Code code() {
        return code;
    }

    /** The specification's codes that this registry gives, with their HTTP status. */
    public enum Code {
        BLOB_UNKNOWN(404),
        BLOB_UPLOAD_UNKNOWN(404),
        DIGEST_INVALID(400),
        MANIFEST_BLOB_UNKNOWN(404),
        MANIFEST_INVALID(400),
        MANIFEST_UNKNOWN(404),
        NAME_INVALID(400),
        NAME_UNKNOWN(404),
        SIZE_INVALID(413);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
