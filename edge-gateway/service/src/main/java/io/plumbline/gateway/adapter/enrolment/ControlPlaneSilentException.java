package io.plumbline.gateway.adapter.enrolment;

/** The control plane does not answer now; asking again later may help. */
public final class ControlPlaneSilentException extends Exception {

    private static final long serialVersionUID = 1L;

    ControlPlaneSilentException(String message) {
        super(message);
    }
}
