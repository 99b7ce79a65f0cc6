package io.plumbline.inference.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.detection.Selection;
import io.plumbline.inference.detection.head.Frame;
import io.plumbline.inference.detection.head.GridHead;
import io.plumbline.inference.detection.head.Head;
import io.plumbline.inference.detection.head.ScoredBoxesHead;
import io.plumbline.inference.detection.head.SsdHead;
import io.plumbline.inference.detection.head.TextMapHead;
import io.plumbline.inference.detection.head.Yolov5Head;
import io.plumbline.inference.detection.head.Yolov8Head;
import io.plumbline.inference.detection.head.YoloxHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageCardTest {

    private static final String CARD = """
            model: finder
            task: detection
            input:
              tensor: images
              image: {width: 64, height: 32, channels: BGR, layout: NCHW, resize: letterbox-top-left,
                      interpolation: area, mean: [1, 2, 3], std: [2, 4, 8]}
            output: {decode: grid, tensor: out, score: 0.5, overlap: 0.45, perClass: true, labels: [cat, dog]}
            recipes: [static-minmax]
            """;

    private static ModelCard parse(String text) throws CardException {
        return ModelCard.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDetectorOfImagesIsRead() throws CardException {
        // When
        var card = parse(CARD);

        // Then
        var image = card.image();
        assertThat(image.shape()).containsExactly(1, 3, 32, 64);
        assertThat(image.channels()).isEqualTo(ImageInput.Channels.BGR);
        assertThat(image.fit().resize()).isEqualTo(ImageInput.Resize.LETTERBOX_TOP_LEFT);
        assertThat(image.fit().pad()).isEqualTo(114);
        assertThat(image.mean()).containsExactly(1.0, 2.0, 3.0);
        assertThat(image.scale()).containsExactly(0.5, 0.25, 0.125);
        var detector = card.detector().orElseThrow();
        assertThat(detector.head()).isEqualTo(new GridHead("out"));
        assertThat(detector.selection()).isEqualTo(new Selection(0.5, 0.45, true));
        assertThat(detector.frame()).isEqualTo(new Frame(64, 32, 2));
        assertThat(card.output().labels()).containsExactly("cat", "dog");
    }

    @Test
    void aClassifierOfGreyImagesWithTheChannelLastIsRead() throws CardException {
        var card = parse("""
                model: digits
                task: classification
                input:
                  tensor: x
                  image: {width: 28, height: 28, channels: GRAY, layout: NHWC, resize: stretch, interpolation: bilinear,
                          scale: [0.00392156862745098]}
                output: {tensor: y, labels: [zero, one]}
                recipes: [static-minmax]
                """);
        assertThat(card.image().shape()).containsExactly(1, 28, 28, 1);
        assertThat(card.image().mean()).containsExactly(0.0);
        assertThat(card.image().scale().get(0)).isCloseTo(1 / 255.0, within(1e-12));
        assertThat(card.detector()).isEmpty();
        assertThat(card.classes().labels()).hasSize(2);
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                Arguments.of("decode: yolov5, tensor: out", new Yolov5Head("out")),
                Arguments.of("decode: yolov8, tensor: out", new Yolov8Head("out")),
                Arguments.of("decode: yolox, tensor: out, strides: [8, 16]", new YoloxHead("out", List.of(8, 16))),
                Arguments.of(
                        "decode: boxes, scores: s, boxes: b, background: true", new ScoredBoxesHead("s", "b", true)),
                Arguments.of(
                        "decode: db-text, tensor: out, threshold: 0.3, unclip: 1.5", new TextMapHead("out", 0.3, 1.5)),
                Arguments.of(
                        "decode: ssd, scores: s, boxes: b, softmax: false, variances: {centre: 0.1, size: 0.2},"
                                + " priors: [{columns: 4, rows: 2, sizes: [{width: 0.2, height: 0.1}]}]",
                        new SsdHead(
                                "s",
                                "b",
                                List.of(new SsdHead.Level(4, 2, List.of(new SsdHead.Size(0.2, 0.1)))),
                                new SsdHead.Variances(0.1, 0.2),
                                false)));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void everyHeadHasItsWords(String words, Head head) throws CardException {
        var card = parse(CARD.replace("decode: grid, tensor: out", words));
        assertThat(card.detector().orElseThrow().head()).isEqualTo(head);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channels: BGR | channels: BRG | model card: input.image.channels 'BRG' must be one of RGB, BGR, GRAY",
                "letterbox-top-left | crop | model card: input.image.resize 'crop' must be one of stretch, letterbox, letterbox-top-left",
                "mean: [1, 2, 3] | mean: [1, 2] | model card: input.image.mean '[1,2]' must have 3 numbers, one for each",
                "std: [2, 4, 8] | std: [2, 0, 8] | model card: input.image.std '[2,0,8]' must not hold 0",
                "std: [2, 4, 8] | scale: [2, 0, 8] | model card: input.image.scale '[2,0,8]' must not hold 0",
                "std: [2, 4, 8] | std: [2, 4, 8], scale: [1, 1, 1] | model card: input.image.std '[2,4,8]' must not be given",
                "', std: [2, 4, 8]' | '' | model card: input.image.scale is missing",
                "width: 64 | width: 100000 | model card: input.image.width '100000' must be a whole number from 1 to 8192",
                "interpolation: area | interpolation: area, pad: 256 | model card: input.image.pad '256' must be a whole",
                "interpolation: area | interpolation: area, crop: 1 | model card: input.image.crop '1' is not a property",
                "tensor: images | window: 16 | model card: input.window '16' is not a property of a card here",
                "decode: grid | decode: magic | model card: output.decode 'magic' must be one of grid, yolov5",
                "score: 0.5 | score: 1 | model card: output.score '1' must be less than 1",
                "score: 0.5 | score: 2 | model card: output.score '2' must be from 0 to 1",
                "overlap: 0.45 | overlap: 0 | model card: output.overlap '0' must be greater than 0",
                "perClass: true | perClass: 1 | model card: output.perClass '1' must be true or false",
                "tensor: out | tensor: out, strides: [8] | model card: output.strides '[8]' is not a property of a card here",
                "labels: [cat, dog] | labels: [cat, cat] | model card: output.labels[1] 'cat' is named twice",
                "labels: [cat, dog] | names: [cat, dog] | model card: output.labels is missing"
            })
    void aBrokenRuleIsOneLineWithPathValueAndRule(String good, String bad, String message) {
        assertThat(CARD).contains(good);
        assertThatThrownBy(() -> parse(CARD.replace(good, bad)))
                .isInstanceOf(CardException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("\n");
    }
}
