package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.id.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code sources} of a stream: by device a directory, or the URL of an MJPEG stream. */
final class SourceYaml {

    private SourceYaml() {}

    /** @param devices those of the file; empty if it cannot be told which there are */
    static List<CameraSource> sources(YamlValue section, Optional<Set<String>> devices) {
        var sources = new ArrayList<CameraSource>();
        section.mapping()
                .entries()
                .forEach((device, value) -> section.findings()
                        .part(() -> source(device, value, devices))
                        .ifPresent(sources::add));
        return sources;
    }

    private static CameraSource source(String device, YamlValue value, Optional<Set<String>> devices) {
        if (devices.filter(known -> !known.contains(device)).isPresent()) {
            throw value.unknown("a device of this file", device, devices.orElseThrow());
        }
        var source = value.mapping(List.of("directory", "mjpeg", "delete"));
        var directory = source.may("directory", YamlValue::text);
        var mjpeg = source.may("mjpeg", YamlValue::text);
        boolean delete = source.may("delete", v -> v.as(YamlScalars::choice)).orElse(false);
        return source.whole(() -> new CameraSource(new DeviceId(device), directory, mjpeg, delete));
    }
}
