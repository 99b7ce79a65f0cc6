package io.plumbline.contract.message;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.util.Arrays;
import java.util.Optional;

/**
 * How often a device showed one kind of fault.
 *
 * @param device empty for the sum over devices that are not named
 * @param feature name from the model card; empty for {@link Kind#SILENT}
 * @param count readings, or windows, as the kind says
 */
public record SensorFault(Optional<DeviceId> device, String feature, Kind kind, long count) {

    /** What is wrong with a sensor. The numbers are part of the wire. */
    public enum Kind {
        /** Readings whose value repeats the ones before more often than the reference profile makes probable. */
        STUCK(1),
        /** Windows of event time, of at least eight readings, in which the value never changed. */
        FLAT(2),
        /** Readings that were refused because the value lies outside the physical range of the model card. */
        OUT_OF_RANGE(3),
        /** Readings that were refused because the value is NaN or infinite. */
        NOT_FINITE(4),
        /** Windows of event time during which the gateway noticed that the device says nothing any more. */
        SILENT(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    public SensorFault {
        Require.notNegative("count", count);
    }

    /** One reading or window. */
    public static SensorFault one(DeviceId device, String feature, Kind kind) {
        return new SensorFault(Optional.of(device), feature, kind, 1);
    }

    /** The same fault without a count: equal for what is added up. */
    public SensorFault uncounted() {
        return new SensorFault(device, feature, kind, 0);
    }

    /** The same fault of a device that is not named. */
    SensorFault unnamed() {
        return new SensorFault(Optional.empty(), feature, kind, count);
    }

    /** Both counts added; {@link #uncounted()} they are equal by the caller's promise. */
    public SensorFault plus(SensorFault other) {
        return new SensorFault(device, feature, kind, count + other.count);
    }

    static void write(FieldWriter out, SensorFault value) {
        out.text(1, value.device.map(DeviceId::value).orElse(""));
        out.text(2, value.feature);
        out.count(3, value.kind.number);
        out.count(4, value.count);
    }

    /** Empty for a kind that this reader does not know. */
    static Optional<SensorFault> read(FieldReader in) {
        var device = "";
        var feature = "";
        var kind = Optional.<Kind>empty();
        long count = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> device = in.text();
                case 2 -> feature = in.text();
                case 3 -> kind = kind(in.count());
                case 4 -> count = in.count();
                default -> in.skip();
            }
        }
        var named = device.isEmpty() ? Optional.<DeviceId>empty() : Optional.of(new DeviceId(device));
        return fault(named, feature, kind, count);
    }

    private static Optional<SensorFault> fault(
            Optional<DeviceId> device, String feature, Optional<Kind> kind, long count) {
        return kind.map(known -> new SensorFault(device, feature, known, count));
    }

    private static Optional<Kind> kind(long number) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.number == number)
                .findFirst();
    }
}
