package io.plumbline.contract.fleet;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.wire.Require;
import java.net.URI;
import java.util.Optional;

/**
 * Where a gateway itself fetches the frames of one camera, beside what comes over MQTT: one of the two kinds.
 *
 * @param directory absolute path, on the gateway, of a folder of JPEG and PNG files; each file is one frame
 * @param mjpeg http or https URL of a multipart/x-mixed-replace stream, without user name and password
 * @param delete whether a file is removed after it was taken; only with a directory
 */
public record CameraSource(DeviceId device, Optional<String> directory, Optional<String> mjpeg, boolean delete) {

    public CameraSource {
        Require.that(
                directory.isPresent() != mjpeg.isPresent(),
                "source of '" + device + "' must have either a directory or mjpeg, not "
                        + (mjpeg.isPresent() ? "both" : "neither"));
        directory.ifPresent(path -> Require.that(
                path.startsWith("/"), "directory '" + path + "' must be an absolute path like /var/spool/camera"));
        mjpeg.ifPresent(CameraSource::requireUrl);
        Require.that(
                directory.isPresent() || !delete,
                "source of '" + device + "' must not have delete without a directory; a stream leaves no files");
    }

    private static void requireUrl(String url) {
        var uri = parsed(url);
        Require.that(
                uri.filter(u -> "http".equalsIgnoreCase(u.getScheme()) || "https".equalsIgnoreCase(u.getScheme()))
                        .map(URI::getHost)
                        .isPresent(),
                "mjpeg '" + url + "' must be an http or https URL like http://192.0.2.7:8080/stream");
        Require.that(
                uri.map(URI::getUserInfo).isEmpty(),
                "mjpeg of host '" + uri.map(URI::getHost).orElse("")
                        + "' must have no user name and password; let a proxy beside the gateway sign in");
    }

    private static Optional<URI> parsed(String url) {
        try {
            return Optional.of(URI.create(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
