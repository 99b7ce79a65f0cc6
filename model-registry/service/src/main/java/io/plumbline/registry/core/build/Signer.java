package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.DsseEnvelope;

/** Signs with the registry's key. */
public interface Signer {

    DsseEnvelope sign(String payloadType, byte[] content);
}
