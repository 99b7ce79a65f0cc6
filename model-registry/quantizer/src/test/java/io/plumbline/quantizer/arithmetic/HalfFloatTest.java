package io.plumbline.quantizer.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatTest {

    @Test
    void everyHalfIsKeptAndWhatLiesBetweenTwoGoesToTheNearest() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            var value = toFloat(bits);
            assertThat(HalfFloat.of(value)).isEqualTo((short) bits);
            assertThat(HalfFloat.of(-value)).isEqualTo((short) (bits | 0x8000));
            if (bits < 0x7bff && bits > 0) {
                var middle = (value + toFloat(bits + 1)) / 2;
                assertThat(HalfFloat.of(middle)).as("tie to even").isEqualTo((short) (bits + (bits & 1)));
                assertThat(HalfFloat.of(Math.nextDown(middle))).isEqualTo((short) bits);
                assertThat(HalfFloat.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            }
        }
    }

    @Test
    void whatIsFiniteOrNotZeroStaysSo() {
        assertThat(HalfFloat.of(1e9f)).isEqualTo((short) 0x7bff);
        assertThat(HalfFloat.of(-65520)).isEqualTo((short) 0xfbff);
        assertThat(HalfFloat.of(1e-12f)).isEqualTo((short) 1);
        assertThat(HalfFloat.of(-Float.MIN_VALUE)).isEqualTo((short) 0x8001);
        assertThat(HalfFloat.of(-0f)).isEqualTo((short) 0x8000);
        assertThat(HalfFloat.of(Float.POSITIVE_INFINITY)).isEqualTo((short) 0x7c00);
        assertThat(HalfFloat.of(Float.NaN) & 0x7fff).isGreaterThan(0x7c00);
    }

    private static float toFloat(int bits) {
        var exponent = bits >> 10;
        var fraction = bits & 0x3ff;
        return exponent == 0 ? fraction * 0x1p-24f : (float) ((1024 + fraction) * Math.pow(2, exponent - 25));
    }
}
