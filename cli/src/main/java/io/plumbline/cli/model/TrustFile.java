package io.plumbline.cli.model;

import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trust root as gateways have it. */
final class TrustFile {

    private TrustFile() {}

    static TrustedKeys read(Path file) throws ClientException {
        try {
            return TrustedKeys.read(Files.readAllBytes(file));
        } catch (IOException | MalformedMessageException e) {
            throw new ClientException(
                    "trust root " + file + " must be a JSON list of Ed25519 public keys, X.509 in base64: " + e, e);
        }
    }
}
