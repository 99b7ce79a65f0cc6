package io.plumbline.cli.climate;

import io.plumbline.cli.climate.ClimateReadings.Reading;
import java.util.Locale;

/**
 * Another climate for the same readings: both values are shifted, and humidity stays between 0 and 100.
 *
 * @param name for people
 * @param humidity added, in %RH
 * @param temperature added, in degrees Celsius
 */
public record Transformation(String name, double humidity, double temperature) {

    public static final Transformation NONE = new Transformation("as recorded", 0, 0);

    public boolean changesSomething() {
        return humidity != 0 || temperature != 0;
    }

    public Reading apply(Reading reading) {
        if (!changesSomething()) {
            return reading;
        }
        return new Reading(
                twoDecimals(Math.max(0, Math.min(100, reading.humidity() + humidity))),
                twoDecimals(reading.temperature() + temperature),
                reading.event());
    }

    /** The sensors' own resolution. */
    private static double twoDecimals(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** The shift in words. */
    public String describe() {
        return changesSomething()
                ? String.format(Locale.ROOT, "%s: %+.0f %%RH, %+.0f degC", name, humidity, temperature)
                : name;
    }
}
