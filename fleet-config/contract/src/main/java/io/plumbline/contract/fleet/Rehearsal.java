package io.plumbline.contract.fleet;

import io.plumbline.contract.wire.Require;
import java.time.Duration;

/**
 * A build that has not proved itself on a gateway answers beside the one that it is to replace, on the same inputs, before it does.
 * FP32 answers these inputs too, within the gateway's budget for it.
 *
 * @param inputs how many, 1 to {@value #MOST_INPUTS}
 * @param minAgreement share of them, in [0, 1], on which it must agree with FP32, unless it agrees on as many as the running build
 * @param within how long that may take, up to a day; what is not known by then counts against the build
 */
public record Rehearsal(int inputs, double minAgreement, Duration within) {

    public static final int MOST_INPUTS = 100_000;

    public Rehearsal {
        Require.that(
                inputs >= 1 && inputs <= MOST_INPUTS,
                "inputs " + inputs + " must be a whole number from 1 to " + MOST_INPUTS);
        Require.ratio("minAgreement", minAgreement);
        Require.that(
                within.toMillis() > 0 && within.compareTo(Duration.ofDays(1)) <= 0,
                "within " + within + " must be longer than nothing and at most P1D");
    }
}
