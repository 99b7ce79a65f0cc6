package io.plumbline.registry.core.oci;

import com.fasterxml.jackson.core.JsonFactory;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;

/**
 * Keeps small JSON from becoming large in memory: four megabytes of empty objects are a hundred megabytes of nodes. The text is read
 * through once, and nothing of it is kept.
 */
final class JsonBounds {

    /** Manifests of models have some hundred. */
    static final int MOST_TOKENS = 200_000;

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonBounds() {}

    /** @throws MalformedMessageException if it is no JSON, or has too many values, or is nested too deeply */
    static void check(byte[] json) {
        try (var parser = FACTORY.createParser(json)) {
            var tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
                if (tokens > MOST_TOKENS) {
                    throw new MalformedMessageException("a manifest may have at most " + MOST_TOKENS + " JSON tokens");
                }
            }
        } catch (IOException e) {
            throw new MalformedMessageException("a manifest is JSON: " + firstLine(e), e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it breaks off");
    }
}
