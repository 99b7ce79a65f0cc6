package io.plumbline.registry.core.carriage;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.ModelName;
import io.plumbline.registry.core.oci.Repositories;
import java.util.List;

/** The registry that gateways pull from in place of this one. Confined to one thread. */
public interface Peer {

    /** Where it is, for people. */
    String name();

    /**
     * Sees to it that the build is there, byte for byte, with its signatures. What is there already is not sent again.
     *
     * @throws PeerException if not all of that is there now
     */
    void take(ModelName model, Repositories.Stored build, List<DsseEnvelope> signatures) throws PeerException;
}
