package io.plumbline.registry.adapter.peer;

import io.plumbline.client.Artifact;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.registry.core.carriage.Peer;
import io.plumbline.registry.core.carriage.PeerException;
import io.plumbline.registry.core.oci.Repositories;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any OCI registry; blobs go there from the disk, through little memory. */
public final class OciPeer implements Peer {

    private final RepositoryPrefix place;
    private final Repositories repositories;
    /** A token is good for one repository. */
    private final Map<ModelName, ArtifactClient> clients = new HashMap<>();

    /** @param repositories that builds come from */
    public OciPeer(RepositoryPrefix place, Repositories repositories) {
        this.place = place;
        this.repositories = repositories;
    }

    @Override
    public String name() {
        return place.url().toString();
    }

    @Override
    public void take(ModelName model, Repositories.Stored build, List<DsseEnvelope> signatures) throws PeerException {
        var client = clients.computeIfAbsent(model, this::client);
        try {
            if (!client.has(build.manifest().digest(), signatures)) {
                var artifact = Artifact.of(build.content());
                client.push(artifact, blobs(artifact), signatures, Optional.empty());
            }
        } catch (ClientException e) {
            throw new PeerException(String.valueOf(e.getMessage()), e);
        }
    }

    private ArtifactClient client(ModelName model) {
        return new ArtifactClient(place.registry(), place.repository(model), place.authorization());
    }

    private Map<Digest, Artifact.Content> blobs(Artifact artifact) throws ClientException {
        var all = new HashMap<Digest, Artifact.Content>();
        for (var blob : artifact.blobs()) {
            var file = repositories.file(blob.digest());
            if (file.isPresent()) {
                all.put(blob.digest(), Artifact.Content.of(blob.digest(), file.get()));
            }
        }
        return all;
    }
}
