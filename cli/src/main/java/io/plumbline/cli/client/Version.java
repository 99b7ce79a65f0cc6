package io.plumbline.cli.client;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An FP32 model as its owner hands it over.
 *
 * @param layers in the order of the manifest
 * @param annotations of the manifest, by the conventions of OCI; the same ones give the same manifest
 */
public record Version(ModelName model, List<Layer> layers, Map<String, String> annotations) {

    public Version {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }

    /** @param title the name of its file */
    public record Layer(String mediaType, String title, Content content) {}

    /** The manifest, whose blobs are not looked at. */
    byte[] manifest() {
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", MediaTypes.VERSION);
        manifest.set("config", OciContent.descriptor(MediaTypes.OCI_EMPTY, Content.of(OciContent.EMPTY)));
        var list = manifest.putArray("layers");
        for (var layer : layers) {
            var descriptor = OciContent.descriptor(layer.mediaType(), layer.content());
            descriptor.putObject("annotations").put(MediaTypes.TITLE, layer.title());
            list.add(descriptor);
        }
        if (!annotations.isEmpty()) {
            var object = manifest.putObject("annotations");
            new TreeMap<>(annotations).forEach(object::put);
        }
        return Json.encode(manifest);
    }
}
