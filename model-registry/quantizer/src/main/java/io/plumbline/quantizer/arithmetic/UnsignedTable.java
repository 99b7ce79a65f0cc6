package io.plumbline.quantizer.arithmetic;

/**
 * A table as unsigned bytes over its own range, asymmetric, one scale and zero point for all of it; rounded half to even
 * before the zero point is added. Immutable.
 */
public final class UnsignedTable {

    private final byte[] values;
    private final ActivationParameters parameters;

    private UnsignedTable(byte[] values, ActivationParameters parameters) {
        this.values = values;
        this.parameters = parameters;
    }

    /** @throws IllegalArgumentException if a value is not finite */
    public static UnsignedTable of(float[] table) {
        float min = 0;
        float max = 0;
        for (int i = 0; i < table.length; i++) {
            if (!Float.isFinite(table[i])) {
                throw new IllegalArgumentException("value " + i + " is " + table[i]);
            }
            min = Math.min(min, table[i]);
            max = Math.max(max, table[i]);
        }
        var parameters = ActivationParameters.of(new ActivationRange(min, max));
        var values = new byte[table.length];
        for (int i = 0; i < values.length; i++) {
            var level = (int) Math.rint(table[i] / parameters.scale()) + parameters.zeroPoint();
            values[i] = (byte) Math.max(0, Math.min(255, level));
        }
        return new UnsignedTable(values, parameters);
    }

    /** A copy. */
    public byte[] values() {
        return values.clone();
    }

    public ActivationParameters parameters() {
        return parameters;
    }
}
