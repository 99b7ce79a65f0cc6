package io.plumbline.fleet.core.enrolment;

/** A gateway is not let in; the message says why, and what would help. Nothing was changed. */
public final class EnrolmentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean token;

    private EnrolmentRefusedException(String message, boolean token) {
        super(message);
        this.token = token;
    }

    /** The token is not, or no longer, good. */
    public static EnrolmentRefusedException ofToken(String why) {
        return new EnrolmentRefusedException(
                "this token " + why + "; ask for another one with: plumbline gateway invite", true);
    }

    /** The token is good, and what the gateway asks for is not to be had. */
    static EnrolmentRefusedException ofWish(String why) {
        return new EnrolmentRefusedException(why, false);
    }

    /** Whether another token would help. */
    public boolean token() {
        return token;
    }
}
