package io.plumbline.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.wire.Require;
import java.util.Optional;

/**
 * One measured fact behind a verdict: effect size, uncertainty, sample size and threshold together.
 *
 * @param measure what was measured: {@code agreement}, {@code clipping}, {@code psi}, {@code accuracy}, {@code
 *     estimated-accuracy}, {@code delta}, or a fault of a sensor, {@code stuck}, {@code flat}, {@code out-of-range}, {@code
 *     not-finite}, {@code silent}, whose value is a count of readings or windows
 * @param subject of what: a class, a tensor, a feature, or {@code all}
 * @param value the point estimate
 * @param lower lower end of the interval, or the value where there is none
 * @param upper upper end of the interval, or the value where there is none
 * @param threshold what the value was held against
 * @param samples how many observations the value rests on; 0 where it could not be evaluated
 * @param breached whether the fact speaks for a change
 * @param device whose fact it is; empty for one of the whole cohort
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
        boolean breached,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<DeviceId> device) {

    /** Of the whole cohort. */
    public Evidence(
            String measure,
            String subject,
            double value,
            double lower,
            double upper,
            double threshold,
            long samples,
            boolean breached) {
        this(measure, subject, value, lower, upper, threshold, samples, breached, Optional.empty());
    }

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
