package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.id.DeviceId;
import java.util.List;
import java.util.Optional;

/** The {@code sources} of a stream: by device a directory, or the URL of an MJPEG stream. */
final class SourceYaml {

    private SourceYaml() {}

    /** @param devices those of the file; empty if it cannot be told which there are */
    static List<CameraSource> sources(YamlValue section, Optional<List<String>> devices) {
        return section.mapping().entries().entrySet().stream()
                .map(entry -> {
                    devices.filter(known -> !known.contains(entry.getKey())).ifPresent(known -> {
                        throw entry.getValue().unknown("a device of this file", entry.getKey(), known);
                    });
                    return source(entry.getKey(), entry.getValue());
                })
                .toList();
    }

    private static CameraSource source(String device, YamlValue value) {
        var source = value.mapping(List.of("directory", "mjpeg", "delete"));
        var directory = source.optional("directory").map(YamlValue::text);
        var mjpeg = source.optional("mjpeg").map(YamlValue::text);
        boolean delete =
                source.optional("delete").map(v -> v.as(YamlScalars::choice)).orElse(false);
        return value.whole(() -> new CameraSource(new DeviceId(device), directory, mjpeg, delete));
    }
}
