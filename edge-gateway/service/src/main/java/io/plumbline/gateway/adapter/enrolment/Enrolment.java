package io.plumbline.gateway.adapter.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.enrolment.Enrolled;
import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.config.GatewaySettings;
import io.plumbline.gateway.config.IllegalConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Finds out who this gateway is: from its folder, from its settings, or from the control plane, with a token. */
public final class Enrolment {

    private static final Logger LOG = Logger.getLogger(Enrolment.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REFUSED = 4;

    private final GatewaySettings settings;
    private final JoinToken token;
    private final HttpClient http;
    private final URI enrolments;

    public Enrolment(GatewaySettings settings, JoinToken token, HttpClient http) {
        this.settings = settings;
        this.token = token;
        this.http = http;
        this.enrolments = settings.fleetUrl().resolve("/api/v1/enrolments");
    }

    /**
     * @param file where the identity is kept
     * @throws IllegalConfigurationException if the token is refused, or the settings are of another gateway
     * @throws ControlPlaneSilentException if the control plane has to be asked and does not answer
     * @throws IOException if the disk does not take it
     */
    public Identity identity(Path file) throws IOException, ControlPlaneSilentException, InterruptedException {
        var kept = new IdentityFile(file);
        var before = kept.read();
        var known = before.flatMap(IdentityFile.Kept::identity);
        if (known.isPresent()) {
            return consistent(known.get());
        }
        if (!token.isGiven()) {
            return new Identity(
                    settings.id().orElseThrow(() -> missing("id")),
                    settings.site().orElseThrow(() -> missing("site")),
                    Optional.empty());
        }
        var draft = before.isPresent() ? before.get() : kept.begin();
        var enrolled = enrol(draft.secret());
        LOG.infof("enrolled gateway=%s site=%s", enrolled.gateway(), enrolled.site());
        return kept.write(new IdentityFile.Kept(
                        draft.secret(), Optional.of(enrolled.gateway()), Optional.of(enrolled.site())))
                .identity()
                .orElseThrow();
    }

    private Identity consistent(Identity known) {
        settings.id()
                .filter(id -> !id.equals(known.gateway()))
                .ifPresent(id -> other("id", id.value(), known.gateway().value()));
        settings.site()
                .filter(site -> !site.equals(known.site()))
                .ifPresent(site -> other("site", site.value(), known.site().value()));
        return known;
    }

    private void other(String property, String value, String kept) {
        throw new IllegalConfigurationException(
                "plumbline.gateway." + property,
                value,
                "must be '" + kept + "', as which " + settings.dataDir() + " is enrolled, or be left out");
    }

    private static IllegalConfigurationException missing(String property) {
        return new IllegalConfigurationException("plumbline.gateway." + property, "", "is required");
    }

    private Enrolled enrol(String secret) throws ControlPlaneSilentException, InterruptedException {
        var credential = Digest.of(secret.getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(enrolments)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.read())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.encode(new EnrolmentRequest(credential, settings.id(), settings.site()))))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == OK) {
                return Json.decode(response.body(), Enrolled.class);
            }
            if (response.statusCode() / 100 == REFUSED) {
                throw new IllegalConfigurationException(
                        token.place(), token.shown(), "is refused by the control plane: " + said(response.body()));
            }
            throw new ControlPlaneSilentException(enrolments + " answers " + response.statusCode());
        } catch (IOException | MalformedMessageException e) {
            throw new ControlPlaneSilentException(enrolments + " cannot be asked: " + e);
        }
    }

    private static String said(byte[] body) {
        try {
            var error = Json.decode(body, JsonNode.class).path("error");
            if (error.isTextual()) {
                return error.asText();
            }
        } catch (MalformedMessageException e) {
            LOG.debugf("refusal-without-a-sentence reason=%s", e.getMessage());
        }
        return "it gives no reason";
    }
}
