package io.plumbline.registry.core.job;

/** There is no recalibration of that name. */
public final class UnknownJobException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnknownJobException(String id) {
        super("there is no recalibration '" + id + "'; GET /api/v1/recalibrations lists them");
    }
}
