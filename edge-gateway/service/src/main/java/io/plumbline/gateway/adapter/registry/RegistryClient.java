package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * The part of the OCI distribution API that a gateway needs. What comes back was checked against its digest. Thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution spec 1.1</a>
 */
final class RegistryClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient http;
    private final URI registry;

    RegistryClient(HttpClient http, URI registry) {
        this.http = http;
        this.registry = registry;
    }

    byte[] manifest(ModelName model, Digest digest) throws UnfitBuildException, InterruptedException {
        return checked(digest, get(model, "manifests/" + digest, MediaTypes.OCI_MANIFEST));
    }

    byte[] blob(ModelName model, Digest digest) throws UnfitBuildException, InterruptedException {
        return checked(digest, get(model, "blobs/" + digest, "*/*"));
    }

    /** Descriptors of the manifests that refer to this one as signatures. */
    List<OciManifest.Descriptor> signatures(ModelName model, Digest digest)
            throws UnfitBuildException, InterruptedException {
        var body = get(model, "referrers/" + digest, MediaTypes.OCI_INDEX);
        try {
            return Json.decode(body, OciManifest.Index.class).manifests().stream()
                    .filter(referrer -> referrer.artifactType()
                            .filter(MediaTypes.SIGNATURE::equals)
                            .isPresent())
                    .toList();
        } catch (MalformedMessageException e) {
            throw new UnfitBuildException("the registry's list of referrers is malformed: " + e.getMessage(), e);
        }
    }

    private byte[] get(ModelName model, String path, String accept) throws UnfitBuildException, InterruptedException {
        var uri = registry.resolve("/v2/" + MediaTypes.repository(model) + "/" + path);
        var request = HttpRequest.newBuilder(uri)
                .header("Accept", accept)
                .timeout(TIMEOUT)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                throw new UnfitBuildException("the registry answers " + response.statusCode() + " to GET " + uri);
            }
            return response.body();
        } catch (IOException e) {
            throw new UnfitBuildException("the registry does not answer GET " + uri + ": " + e, e);
        }
    }

    private static byte[] checked(Digest digest, byte[] content) throws UnfitBuildException {
        var actual = Digest.of(content);
        if (!actual.equals(digest)) {
            throw new UnfitBuildException(
                    "content of " + digest + " has the digest " + actual + " (" + content.length + " bytes)");
        }
        return content;
    }
}
