package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.DsseEnvelope;
import java.util.List;

/** Signs with the registry's keys. */
public interface Signer {

    /** One signature by every key that counts now. */
    List<DsseEnvelope> sign(String payloadType, byte[] content);
}
