package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

    /** numpy.save of numpy.array([[1.5, -2.0]], dtype='<f4'), NumPy 2.4. */
    private static final String BY_NUMPY =
            "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f726465"
                    + "72273a2046616c73652c20277368617065273a2028312c2032292c207d2020202020202020202020"
                    + "20202020202020202020202020202020202020202020202020202020202020202020202020202020"
                    + "202020202020200a0000c03f000000c0";

    @Test
    void whatNumPyWroteIsRead() {
        assertThat(Npy.read(HexFormat.of().parseHex(BY_NUMPY)))
                .isEqualTo(Tensor.of(new long[] {1, 2}, new float[] {1.5f, -2f}));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (var shape : new long[][] {{}, {3}, {2, 3}, {1, 16, 2}, {0, 4}}) {
            var size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            var data = new float[size];
            for (int i = 0; i < size; i++) {
                data[i] = i * 0.25f - 1;
            }
            var tensor = Tensor.of(shape, data);
            assertThat(Npy.read(Npy.write(tensor))).isEqualTo(tensor);
        }
    }

    @Test
    void wholeNumbersAreReadAsNumbers() {
        var bytes = new String(
                        Npy.write(Tensor.of(new long[] {2}, new float[2])),
                        java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("<f4", "<i4")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[bytes.length - 4] = 7;
        assertThat(Npy.read(bytes)).isEqualTo(Tensor.of(new long[] {2}, new float[] {0, 7}));
    }

    @Test
    void anythingElseIsRefusedByName() {
        var halves = new String(
                        Npy.write(Tensor.of(new long[] {1}, new float[1])),
                        java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("<f4", "<f2")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Npy.read(halves)).hasMessageContaining("not '<f2'");
        assertThatThrownBy(() -> Npy.read(new byte[3])).hasMessage("not an .npy file");
        var whole = Npy.write(Tensor.of(new long[] {4}, new float[4]));
        assertThatThrownBy(() -> Npy.read(Arrays.copyOf(whole, whole.length - 4)))
                .hasMessageContaining("holds 4 values, not 3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aDamagedFileIsReadOrRefusedAndNothingElse(long seed) {
        var random = new Random(seed);
        var whole = Npy.write(Tensor.of(new long[] {2, 2}, new float[4]));
        for (int i = 0; i < 2_000; i++) {
            var damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 8));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Npy.read(damaged).size()).isLessThanOrEqualTo(damaged.length);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void rowsOfAFileAreMadeOneByOneAndAreThoseOfTheArray(@TempDir Path folder) throws Exception {
        // Given
        var array = Tensor.of(new long[] {3, 2, 2}, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        var file = Files.write(folder.resolve("a.npy"), Npy.write(array));

        // When
        var rows = Npy.rows(file);

        // Then
        assertThat(rows.shape()).containsExactly(3, 2, 2);
        assertThat(rows).hasSize(3).containsExactlyElementsOf(array.rows());
        assertThat(rows.get(2)).isEqualTo(Tensor.of(new long[] {1, 2, 2}, new float[] {9, 10, 11, 12}));
        assertThat(rows.fit(new long[] {1, 2, 2})).isTrue();
        assertThat(rows.fit(new long[] {1, 2, 3})).isFalse();
        assertThatThrownBy(() -> rows.get(3)).hasMessage("row 3 of 3");
    }

    @Test
    void aFileThatIsCutOffHasNoRows(@TempDir Path folder) throws Exception {
        // Given
        var whole = Npy.write(Tensor.of(new long[] {3, 2}, new float[6]));
        var cut = Files.write(folder.resolve("a.npy"), Arrays.copyOf(whole, whole.length - 4));
        var none = Files.write(folder.resolve("b.npy"), new byte[3]);
        var number = Files.write(folder.resolve("c.npy"), Npy.write(Tensor.of(new long[] {}, new float[1])));

        // Then
        assertThatThrownBy(() -> Npy.rows(cut)).hasMessage(".npy of shape [3, 2] holds 6 values, not 5");
        assertThatThrownBy(() -> Npy.rows(none)).hasMessage("not an .npy file");
        assertThatThrownBy(() -> Npy.rows(number)).hasMessage("a single number has no rows");
    }
}
