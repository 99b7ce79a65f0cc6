package io.plumbline.cli.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.lab.OutputFile;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trust root as gateways have it. */
public final class TrustFile {

    private TrustFile() {}

    public static TrustedKeys read(Path file) throws ClientException {
        try {
            return TrustedKeys.read(Files.readAllBytes(file));
        } catch (IOException | MalformedMessageException e) {
            throw new ClientException(
                    "trust root " + file
                            + " must be a JSON list of Ed25519 public keys, X.509 in base64, or an object with keys, revoked"
                            + " and models: " + e,
                    e);
        }
    }

    /** Whole or not at all: a gateway may read it at any time. Where a link leads to it, the link stays. */
    static void write(Path file, TrustedKeys trust) throws ClientException {
        try {
            var real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            var text = Json.pretty(Json.decode(trust.toJson(), JsonNode.class)) + "\n";
            OutputFile.replace(real, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ClientException("trust root " + file + " cannot be written: " + e, e);
        }
    }
}
