package io.plumbline.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contract.wire.Require;

/**
 * One measured fact behind a verdict: effect size, uncertainty, sample size and threshold together.
 *
 * @param measure what was measured: {@code agreement}, {@code clipping}, {@code psi}, {@code accuracy}, {@code delta}
 * @param subject of what: a class, a tensor, a feature, or {@code all}
 * @param value the point estimate
 * @param lower lower end of the interval, or the value where there is none
 * @param upper upper end of the interval, or the value where there is none
 * @param threshold what the value was held against
 * @param samples how many observations the value rests on
 * @param breached whether the fact speaks for a change
 */
@JsonInclude
public record Evidence(
        String measure,
        String subject,
        double value,
        double lower,
        double upper,
        double threshold,
        long samples,
        boolean breached) {

    public Evidence {
        Require.notEmpty("measure", measure);
        Require.notEmpty("subject", subject);
        Require.that(
                Double.isFinite(value)
                        && Double.isFinite(lower)
                        && Double.isFinite(upper)
                        && Double.isFinite(threshold),
                "evidence of " + measure + " must be finite");
        Require.notNegative("samples", samples);
    }
}
