package io.plumbline.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldWriterTest {

    private static final int STEP = 7;

    @ParameterizedTest
    @ValueSource(ints = {0, 400, 480, 500, 509, 1_000, 3_000})
    void messagesOfAnyLengthAreWhatProtocolBuffersMakesOfThem(int first) throws IOException {
        for (int length = first; length < first + 60; length += STEP) {
            // Given
            var text = "\u00e4".repeat(length);
            var inner = "x".repeat(length / 3);

            // When
            var writer = new FieldWriter();
            writer.text(1, text);
            writer.count(2, Long.MAX_VALUE);
            writer.message(3, inner, (nested, value) -> {
                nested.text(1, value);
                nested.real(2, 0.5);
            });
            writer.counts(4, new Counts(new long[] {1, 300, length}));

            // Then
            assertThat(writer.toBytes()).isEqualTo(expected(text, inner, length));
        }
    }

    private static byte[] expected(String text, String inner, int length) throws IOException {
        return written(out -> {
            if (!text.isEmpty()) {
                out.writeString(1, text);
            }
            out.writeUInt64(2, Long.MAX_VALUE);
            out.writeByteArray(3, written(nested -> {
                if (!inner.isEmpty()) {
                    nested.writeString(1, inner);
                }
                nested.writeDouble(2, 0.5);
            }));
            out.writeByteArray(4, written(packed -> {
                packed.writeUInt64NoTag(1);
                packed.writeUInt64NoTag(300);
                packed.writeUInt64NoTag(length);
            }));
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
