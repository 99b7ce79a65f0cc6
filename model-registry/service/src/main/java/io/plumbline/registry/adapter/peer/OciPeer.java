package io.plumbline.registry.adapter.peer;

import io.plumbline.client.Artifact;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.registry.core.carriage.Peer;
import io.plumbline.registry.core.carriage.PeerException;
import io.plumbline.registry.core.oci.Repositories;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Any OCI registry; blobs go there from the disk, through little memory. */
public final class OciPeer implements Peer {

    private final URI prefix;
    private final Repositories repositories;
    private final Function<URI, Authorization> login;
    /** A token is good for one repository. */
    private final Map<ModelName, ArtifactClient> clients = new HashMap<>();

    /**
     * @param prefix {@code https://host/prefix}; the repository of a model is below it
     * @param repositories that builds come from
     * @param login says who one is, by the address of the registry
     */
    public OciPeer(URI prefix, Repositories repositories, Function<URI, Authorization> login) {
        this.prefix = prefix;
        this.repositories = repositories;
        this.login = login;
    }

    @Override
    public String name() {
        return prefix.toString();
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
        var registry = prefix.resolve("/");
        return new ArtifactClient(registry, RepositoryPrefix.repository(prefix, model.value()), login.apply(registry));
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
