package io.plumbline.gateway.core.reading;

import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.message.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An array of little-endian numbers of one type. */
final class RawPayload implements ReadingDraft.Parser {

    private final PayloadLayout.Codec codec;
    private final int width;
    private final int[] positions;
    private final boolean exact;
    private final int needed;

    RawPayload(PayloadLayout layout, int[] positions) {
        this.codec = layout.codec();
        this.width = codec == PayloadLayout.Codec.FLOAT32 ? Float.BYTES : Short.BYTES;
        this.positions = positions.clone();
        this.exact = layout.fields().isEmpty();
        var last = -1;
        for (int position : positions) {
            last = Math.max(last, position);
        }
        this.needed = last + 1;
    }

    @Override
    public void read(byte[] payload, ReadingDraft draft) {
        var count = payload.length / width;
        if (payload.length % width != 0 || count < needed || (exact && count > needed)) {
            draft.fault(
                    DeadLetterReason.WRONG_SHAPE,
                    payload.length + " bytes, expected " + (exact ? "" : "at least ") + needed * width + ": " + needed
                            + " numbers of type " + codec);
            return;
        }
        var numbers = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < positions.length; i++) {
            var at = positions[i] * width;
            draft.value(i, codec == PayloadLayout.Codec.FLOAT32 ? numbers.getFloat(at) : numbers.getShort(at));
        }
    }
}
