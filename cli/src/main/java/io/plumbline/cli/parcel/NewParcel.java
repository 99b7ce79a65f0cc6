package io.plumbline.cli.parcel;

import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ArtifactClient.Version;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.card.ModelCard;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version that is new.
 *
 * @param onnx the model, closed with the parcel
 * @param made when the ONNX file was written last: what is pushed twice is one version
 */
record NewParcel(ModelCard card, OnnxPart onnx, List<Version.Layer> layers, Instant made, List<String> warnings)
        implements Parcel {

    NewParcel {
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
    }

    @Override
    public ModelName model() {
        return card.model();
    }

    @Override
    public List<String> recipes() {
        return card.recipes();
    }

    @Override
    public Digest push(ArtifactClient registry, Optional<String> tag) throws ClientException {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(MediaTypes.TITLE, model().value());
        annotations.put(MediaTypes.CREATED, made.toString());
        tag.ifPresent(name -> annotations.put(MediaTypes.IMAGE_VERSION, name));
        return registry.push(new Version(model(), layers, annotations), tag);
    }

    @Override
    public void close() {
        onnx.close();
    }
}
