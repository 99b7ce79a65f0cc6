package io.plumbline.registry.adapter.http;

import io.plumbline.contract.login.Operators;
import io.plumbline.contract.login.RequestHeaders;
import io.plumbline.registry.adapter.operator.Requester;
import io.plumbline.registry.config.RegistrySettings;
import io.plumbline.registry.core.oci.OciException.Code;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets only operators change anything and see samples, if the settings name their tokens. Models are for everybody to read, and gateways give
 * samples that a recalibration asked them for. Written so that a new request is closed until somebody opens it, unless it only reads.
 */
@Singleton
public final class OperatorGate {

    private static final Logger LOG = Logger.getLogger(OperatorGate.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String WHO =
            "who changes the registry must show an operator's token: the command line finds it in"
                    + " PLUMBLINE_TOKEN_FILE, PLUMBLINE_TOKEN or a profile, and clients of OCI registries show it as their password";

    /** Asked before a push by clients that show who they are only where they were asked here (OCI distribution, determining support). */
    private static final Pattern KNOCK = Pattern.compile("/v2/?");

    private static final Pattern SAMPLES = Pattern.compile("/api/v1/recalibrations/[^/]+/samples(/.*)?");
    private static final Pattern OF_GATEWAYS = Pattern.compile("/api/v1/recalibrations/[^/]+/samples/[^/]+");

    private final Provider<RegistrySettings> settings;
    private final Requester requester;

    /** @param settings asked for with the first request: filters are made before there are settings */
    OperatorGate(Provider<RegistrySettings> settings, Requester requester) {
        this.settings = settings;
        this.requester = requester;
    }

    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext request) {
        var path = path(request);
        var isReading = READING.contains(request.getMethod());
        if (!isReading && RequestHeaders.isFromAnotherSite(request.getHeaderString("Sec-Fetch-Site"))) {
            return Optional.of(Problems.answer(403, "a page of another site asked for this, which nobody may"));
        }
        var tokens = settings.get().operatorTokens();
        if (tokens.isEmpty() || isOpen(request.getMethod(), path)) {
            return Optional.empty();
        }
        var holder = RequestHeaders.secret(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> holder(tokens.get(), token));
        holder.ifPresent(requester::is);
        return holder.isPresent() ? Optional.empty() : Optional.of(refused(path));
    }

    private static boolean isOpen(String method, String path) {
        return READING.contains(method)
                ? !KNOCK.matcher(path).matches() && !SAMPLES.matcher(path).matches()
                : method.equals("PUT") && OF_GATEWAYS.matcher(path).matches();
    }

    private static String path(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        return path.startsWith("/") ? path : "/" + path;
    }

    private static Response refused(String path) {
        var answer = path.startsWith("/v2")
                ? OciErrors.answer(Code.UNAUTHORIZED, Code.UNAUTHORIZED.status(), WHO)
                : Problems.answer(Code.UNAUTHORIZED.status(), WHO);
        return Response.fromResponse(answer)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Plumbline registry\", charset=\"UTF-8\"")
                .build();
    }

    /** Read each time: a token that is taken out of the file is refused at once. */
    private static Optional<String> holder(Path file, String token) {
        try {
            return Operators.read(file).holder(token);
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("operators-refused file=%s reason=%s", file, e);
            return Optional.empty();
        }
    }
}
