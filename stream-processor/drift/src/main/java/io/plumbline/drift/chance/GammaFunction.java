package io.plumbline.drift.chance;

/**
 * The regularized lower incomplete gamma function P(a, x) = (1 / &Gamma;(a)) &int;<sub>0</sub><sup>x</sup>
 * t<sup>a-1</sup> e<sup>-t</sup> dt, to about 14 digits.
 *
 * @see <a href="https://dlmf.nist.gov/8.11#E4">DLMF 8.11.4</a> for the series, <a
 *     href="https://dlmf.nist.gov/8.9#E2">DLMF 8.9.2</a> for the continued fraction
 */
public final class GammaFunction {

    private static final double EPSILON = 1e-16;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 10_000;

    /* Stirling's series is good to 1e-15 from here on; smaller arguments are shifted up. */
    private static final double STIRLING_FROM = 15;

    private GammaFunction() {}

    /**
     * ln &Gamma;(a) by Stirling's series.
     *
     * @param a greater than 0
     */
    public static double logGamma(double a) {
        var shift = 0.0;
        var z = a;
        while (z < STIRLING_FROM) {
            shift += StrictMath.log(z);
            z++;
        }
        var inverse = 1 / z;
        var square = inverse * inverse;
        var series = inverse
                * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))));
        return (z - 0.5) * StrictMath.log(z) - z + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
    }

    /**
     * P(a, x), from 0 at x = 0 to 1.
     *
     * @param a greater than 0
     * @param x not negative
     */
    static double lowerRegularized(double a, double x) {
        if (x == 0) {
            return 0;
        }
        var front = StrictMath.exp(a * StrictMath.log(x) - x - logGamma(a));
        return x < a + 1 ? front * series(a, x) : 1 - front * continuedFraction(a, x);
    }

    private static double series(double a, double x) {
        var term = 1 / a;
        var sum = term;
        for (int n = 1; n < MOST_TERMS && term > sum * EPSILON; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /* Lentz's method: converges fast where the series does not. */
    private static double continuedFraction(double a, double x) {
        var b = x + 1 - a;
        var c = 1 / TINY;
        var d = 1 / b;
        var h = d;
        for (int n = 1; n < MOST_TERMS; n++) {
            var an = -n * (n - a);
            b += 2;
            d = 1 / notZero(an * d + b);
            c = notZero(b + an / c);
            var factor = d * c;
            h *= factor;
            if (Math.abs(factor - 1) < EPSILON * 16) {
                break;
            }
        }
        return h;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
