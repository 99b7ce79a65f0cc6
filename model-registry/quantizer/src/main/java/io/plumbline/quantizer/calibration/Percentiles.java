package io.plumbline.quantizer.calibration;

/** Reads {@code percentile:99.9}. */
final class Percentiles {

    private static final String PREFIX = "percentile:";

    private Percentiles() {}

    static Calibrator parse(String name) {
        if (name.startsWith(PREFIX)) {
            var percent = number(name.substring(PREFIX.length()));
            if (percent > 50 && percent <= 100) {
                return Calibrator.percentile(percent / 100);
            }
        }
        throw new IllegalArgumentException(
                "calibrator '" + name
                        + "' is not known; known are minmax, minmax-margin, moving-average, percentile, percentile:P with 50 < P <= 100, entropy, mse");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
