package io.plumbline.contract.message;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * What a gateway made of one accepted reading or camera frame: exactly one result for each, also while a device's window still
 * fills, between two answers of a model that is asked only now and then, and for what comes late. A frame that was passed over for a newer one is counted in the result of that one.
 *
 * @param eventTime device time of the reading
 * @param version digest of the FP32 model
 * @param build digest of the manifest of the INT8 build that ran
 * @param prediction of a classifier; empty where the model was not asked, or failed
 * @param latencyNanos from decoded reading or frame to decoded prediction, in nanoseconds; of readings that were answered
 *     in one call, an equal share
 * @param frame of a camera; empty for a sensor
 */
public record InferenceResult(
        EventId event,
        DeviceId device,
        SiteId site,
        GatewayId gateway,
        StreamId stream,
        ModelName model,
        Digest version,
        Digest build,
        Instant eventTime,
        Optional<Prediction> prediction,
        long latencyNanos,
        Optional<Frame> frame) {

    public InferenceResult {
        Require.notNegative("latencyNanos", latencyNanos);
    }

    /** Protocol Buffers message {@code plumbline.v1.InferenceResult}. */
    public byte[] toBytes() {
        var out = new FieldWriter();
        out.text(1, event.value());
        out.text(2, device.value());
        out.text(3, site.value());
        out.text(4, gateway.value());
        out.text(5, stream.value());
        out.text(6, model.value());
        out.text(7, version.value());
        out.text(8, build.value());
        out.count(9, eventTime.toEpochMilli());
        prediction.ifPresent(p -> out.message(10, p, Prediction::write));
        out.count(11, latencyNanos);
        frame.ifPresent(f -> out.message(12, f, Frame::write));
        return out.toBytes();
    }

    /** @throws io.plumbline.contract.wire.MalformedMessageException if the bytes are not such a message */
    public static InferenceResult from(byte[] bytes) {
        return Require.wellFormed("InferenceResult", () -> {
            var in = new FieldReader("InferenceResult", bytes);
            var fields = new Fields();
            while (in.next()) {
                fields.read(in);
            }
            return fields.build();
        });
    }

    private static final class Fields {
        private final String[] texts = new String[9];
        private long eventTime;
        private Optional<Prediction> prediction = Optional.empty();
        private long latencyNanos;
        private Optional<Frame> frame = Optional.empty();

        private Fields() {
            java.util.Arrays.fill(texts, "");
        }

        private void read(FieldReader in) {
            switch (in.field()) {
                case 1, 2, 3, 4, 5, 6, 7, 8 -> texts[in.field()] = in.text();
                case 9 -> eventTime = in.count();
                case 10 -> prediction = Optional.of(in.message("Prediction", Prediction::read));
                case 11 -> latencyNanos = in.count();
                case 12 -> frame = Optional.of(in.message("Frame", Frame::read));
                default -> in.skip();
            }
        }

        private InferenceResult build() {
            return new InferenceResult(
                    new EventId(texts[1]),
                    new DeviceId(texts[2]),
                    new SiteId(texts[3]),
                    new GatewayId(texts[4]),
                    new StreamId(texts[5]),
                    new ModelName(texts[6]),
                    new Digest(texts[7]),
                    new Digest(texts[8]),
                    Instant.ofEpochMilli(eventTime),
                    prediction,
                    latencyNanos,
                    frame);
        }
    }
}
