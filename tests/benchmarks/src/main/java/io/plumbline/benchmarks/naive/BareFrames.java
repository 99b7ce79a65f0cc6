package io.plumbline.benchmarks.naive;

import io.plumbline.benchmarks.FrameLoad;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.image.ImageTensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Scanner;

/**
 * Decodes, resizes and runs the model, on one thread: no MQTT, no boxes, no statistics, nothing is kept. It uses the product's
 * own image reader and reused tensors, so it is as fast as the parts are. Arguments: model file, card file, folder of frames;
 * then frame counts on standard input.
 */
public final class BareFrames {

    private BareFrames() {}

    public static void main(String[] args) throws Exception {
        var card = ModelCard.parse(Files.readAllBytes(Path.of(args[1])));
        var images = new ImageTensor(card.image());
        var frames = FrameLoad.frames(Path.of(args[2]));
        try (var engine = OrtEngine.load(Files.readAllBytes(Path.of(args[0])), EngineOptions.DEFAULT);
                var in = new Scanner(System.in, StandardCharsets.UTF_8)) {
            System.out.println("READY");
            while (in.hasNextInt()) {
                var count = in.nextInt();
                for (int i = 0; i < count; i++) {
                    engine.run(Map.of(card.input().tensor(), images.read(frames.get(i % frames.size()))));
                }
                System.out.println("ROUND");
                System.out.flush();
            }
        }
    }
}
