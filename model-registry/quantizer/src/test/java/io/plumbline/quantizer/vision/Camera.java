package io.plumbline.quantizer.vision;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.detection.Agreement;
import io.plumbline.inference.detection.Detection;
import io.plumbline.inference.detection.Placement;
import io.plumbline.inference.image.ImageException;
import io.plumbline.inference.image.ImageTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A detector's eyes: frames as its example card wants them, and what it finds in them. */
public record Camera(ModelCard card) {

    /** @param name of a file in docs/examples */
    public static Camera of(String name) throws IOException {
        var path = Path.of(System.getProperty("plumbline.root", "."), "docs/examples", name);
        try {
            return new Camera(ModelCard.parse(Files.readAllBytes(path)));
        } catch (CardException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /** Images of a folder in the order of their names, every n-th. */
    public List<Tensor> frames(Path folder, String name, int every) throws IOException {
        var images = new ImageTensor(card.image());
        var frames = new ArrayList<Tensor>();
        try (var listed = Files.list(folder)) {
            var files = listed.filter(file -> file.toString().matches(name + "\\.(jpg|jpeg|png)"))
                    .sorted()
                    .toList();
            for (int i = 0; i < files.size(); i += every) {
                var frame = images.read(Files.readAllBytes(files.get(i)));
                frames.add(Tensor.of(frame.shape(), frame.toArray()));
            }
            return frames;
        } catch (ImageException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
    }

    /** What a model finds in each frame. */
    public List<List<Detection>> detections(byte[] model, List<Tensor> frames, double score) throws ModelLoadException {
        var detector = card.detector().orElseThrow().withScore(score);
        var all = new ArrayList<List<Detection>>();
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            for (var frame : frames) {
                all.add(detector.detect(engine.run(Map.of(card.input().tensor(), frame)), Placement.WHOLE));
            }
        }
        return all;
    }

    /** Frame by frame. */
    public static Agreement.Result agreement(List<List<Detection>> found, List<List<Detection>> expected) {
        var agreement = new Agreement(0);
        for (int i = 0; i < found.size(); i++) {
            agreement.add(found.get(i), expected.get(i));
        }
        return agreement.result();
    }
}
