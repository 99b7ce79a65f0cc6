package io.plumbline.client;

import io.plumbline.client.Artifact.Content;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.SignatureManifest;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signatures of builds, as referrers of their manifests (OCI distribution 1.1). */
public final class SignatureClient {

    private final Http http;
    private final OciContent content;

    public SignatureClient(URI registry) {
        this(new Http("registry", registry));
    }

    public SignatureClient(Http http) {
        this.http = http;
        this.content = new OciContent(http);
    }

    /**
     * What lies beside a manifest and says to be its signature. Anybody may put something there, so what cannot be read does not keep
     * the others from being read.
     *
     * @param envelopes none of them verified
     * @param unreadable how many are no envelopes after all
     */
    public record Found(List<DsseEnvelope> envelopes, int unreadable) {

        public Found {
            envelopes = List.copyOf(envelopes);
        }
    }

    /** @throws ClientException if the registry has no such manifest, or does not answer */
    public Found of(ModelName model, Digest manifest) throws ClientException {
        var repository = MediaTypes.repository(model);
        content.manifest(repository, manifest);
        return of(repository, manifest);
    }

    Found of(String repository, Digest manifest) throws ClientException {
        var envelopes = new ArrayList<DsseEnvelope>();
        var unreadable = 0;
        for (var referrer : content.referrers(repository, manifest, MediaTypes.SIGNATURE)) {
            if (!referrer.path("artifactType").asText(MediaTypes.SIGNATURE).equals(MediaTypes.SIGNATURE)) {
                continue;
            }
            var envelope = envelope(repository, referrer.path("digest").asText());
            envelope.ifPresent(envelopes::add);
            unreadable += envelope.isPresent() ? 0 : 1;
        }
        return new Found(envelopes, unreadable);
    }

    private Optional<DsseEnvelope> envelope(String repository, String digest) throws ClientException {
        if (!Digest.isValid(digest)) {
            return Optional.empty();
        }
        var layer = content.findManifest(repository, new Digest(digest)).flatMap(SignatureClient::layer);
        return layer.isEmpty()
                ? Optional.empty()
                : content.findBlob(repository, layer.get()).flatMap(SignatureClient::envelope);
    }

    private static Optional<Artifact.Blob> layer(byte[] manifest) {
        try {
            return Artifact.of(manifest)
                    .layer(MediaTypes.SIGNATURE)
                    .filter(layer -> layer.size() <= DsseEnvelope.MOST_BYTES);
        } catch (ClientException e) {
            return Optional.empty();
        }
    }

    private static Optional<DsseEnvelope> envelope(byte[] json) {
        try {
            return Optional.of(Json.decode(json, DsseEnvelope.class));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** Puts a signature beside the manifest; answers the digest of its own manifest. */
    public Digest add(ModelName model, Digest manifest, DsseEnvelope envelope) throws ClientException {
        var repository = MediaTypes.repository(model);
        return add(repository, content.manifest(repository, manifest), envelope);
    }

    /** @param artifact need not be there yet */
    Digest add(String repository, Artifact artifact, DsseEnvelope envelope) throws ClientException {
        var json = Json.encode(envelope);
        content.put(repository, MediaTypes.OCI_EMPTY, Content.of(MediaTypes.empty()));
        content.put(repository, MediaTypes.SIGNATURE, Content.of(json));
        var bytes = SignatureManifest.of(artifact.digest(), artifact.toBytes().length, json);
        var digest = Digest.of(bytes);
        if (!content.putManifest(repository, digest.value(), bytes)) {
            var descriptor = OciContent.descriptor(MediaTypes.OCI_MANIFEST, Content.of(bytes));
            content.addReferrer(repository, artifact.digest(), descriptor.put("artifactType", MediaTypes.SIGNATURE));
        }
        return digest;
    }

    /** The keys that the registry itself signs with. */
    public TrustedKeys trust() throws ClientException {
        try {
            return TrustedKeys.read(
                    http.expectSuccess(http.request("/api/v1/trust").build()).body());
        } catch (MalformedMessageException e) {
            throw new ClientException("the registry's trust root is not understood: " + e.getMessage(), e);
        }
    }
}
