package io.plumbline.benchmarks.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Sound readings in every codec, before they are broken. */
enum Payloads {
    JSON {
        @Override
        byte[] of(Numbers numbers, boolean stamped) {
            var stamp = stamped ? "\"seq\":" + numbers.sequence + ",\"time\":\"" + numbers.time + "\"," : "";
            return ("{" + stamp + "\"humidity\":" + numbers.humidity + ",\"temperature\":" + numbers.temperature + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    CBOR {
        @Override
        byte[] of(Numbers numbers, boolean stamped) {
            var out = new ByteArrayOutputStream();
            out.write(0xA0 | (stamped ? 4 : 2));
            if (stamped) {
                text(out, "seq");
                out.write(0x1B);
                out.writeBytes(ByteBuffer.allocate(8).putLong(numbers.sequence).array());
                text(out, "time");
                text(out, numbers.time.toString());
            }
            text(out, "humidity");
            number(out, numbers.humidity);
            text(out, "temperature");
            number(out, numbers.temperature);
            return out.toByteArray();
        }
    },
    CSV {
        @Override
        byte[] of(Numbers numbers, boolean stamped) {
            return (numbers.humidity + "," + numbers.temperature).getBytes(StandardCharsets.UTF_8);
        }
    },
    FLOAT32 {
        @Override
        byte[] of(Numbers numbers, boolean stamped) {
            return ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat((float) numbers.humidity)
                    .putFloat((float) numbers.temperature)
                    .array();
        }
    },
    INT16 {
        @Override
        byte[] of(Numbers numbers, boolean stamped) {
            return ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) numbers.humidity)
                    .putShort((short) numbers.temperature)
                    .array();
        }
    };

    record Numbers(long sequence, Instant time, double humidity, double temperature) {}

    /** @param stamped with time and sequence, where the codec has a place for them */
    abstract byte[] of(Numbers numbers, boolean stamped);

    String stream() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        if (text.length() >= 24) {
            out.write(0x78);
            out.write(text.length());
        } else {
            out.write(0x60 | text.length());
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void number(ByteArrayOutputStream out, double value) {
        out.write(0xFB);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
    }
}
