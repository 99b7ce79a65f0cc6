package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.List;
import java.util.Optional;

/** What the registry has. Answers in a bounded time, also when the registry does not. */
public interface Shelf {

    /**
     * An answer, or why there is none.
     *
     * @param problem in one sentence; empty if there is a value
     */
    record Answer<T>(Optional<T> value, String problem) {

        public static <T> Answer<T> of(T value) {
            return new Answer<>(Optional.of(value), "");
        }

        public static <T> Answer<T> none(String problem) {
            return new Answer<>(Optional.empty(), problem);
        }
    }

    Answer<ModelView> model(ModelName model);

    /** @param manifest of a version; its size is that of the FP32 ONNX file, in bytes */
    Answer<Long> versionBytes(ModelName model, Digest manifest);

    Answer<QualityReport> quality(ModelName model, Digest build);

    /** Where a build runs and ran, as far as the registry heard. */
    Answer<List<Sighting>> sightings(Digest build);
}
