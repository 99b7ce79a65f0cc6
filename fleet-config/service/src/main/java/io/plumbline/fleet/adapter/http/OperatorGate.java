package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.login.Operators;
import io.plumbline.contract.login.RequestHeaders;
import io.plumbline.fleet.adapter.operator.Requester;
import io.plumbline.fleet.config.FleetSettings;
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
 * Lets only operators change anything, if the settings name their tokens: every request that is not a reading one shows one of them, but for
 * gateways, which enrol with a token and show frames with a secret of their own. What a browser sends for a page of another site is refused whatever it shows. Written so that a new endpoint is closed until somebody opens it.
 */
@Singleton
public final class OperatorGate {

    private static final Logger LOG = Logger.getLogger(OperatorGate.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Changes nothing, or asks for another token. */
    private static final Set<String> OPEN = Set.of("POST /api/v1/fleet/diff", "POST /api/v1/enrolments");

    /** What a gateway shows is let in, or not, by its own secret and the fleet file. */
    private static final Pattern OF_GATEWAYS = Pattern.compile("PUT /api/v1/gateways/[^/]+/glimpses");

    private final Provider<FleetSettings> settings;
    private final Requester requester;

    /** @param settings asked for with the first request: filters are made before there are settings */
    OperatorGate(Provider<FleetSettings> settings, Requester requester) {
        this.settings = settings;
        this.requester = requester;
    }

    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext request) {
        if (!READING.contains(request.getMethod())
                && RequestHeaders.isFromAnotherSite(request.getHeaderString("Sec-Fetch-Site"))) {
            return Optional.of(Problem.of(
                    403, "a page of another site asked for this; open the console itself to change the fleet"));
        }
        var tokens = settings.get().operatorTokens();
        if (tokens.isEmpty() || isOpen(request)) {
            return Optional.empty();
        }
        var holder = RequestHeaders.token(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> holder(tokens.get(), token));
        holder.ifPresent(requester::is);
        return holder.isPresent()
                ? Optional.empty()
                : Optional.of(Bearer.refused(
                        "who changes the fleet must show an operator's token; the console asks for yours,"
                                + " the command line finds it in PLUMBLINE_TOKEN_FILE, PLUMBLINE_TOKEN or a profile"));
    }

    private static boolean isOpen(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        var asked = request.getMethod() + (path.startsWith("/") ? " " : " /") + path;
        return READING.contains(request.getMethod())
                || OPEN.contains(asked)
                || OF_GATEWAYS.matcher(asked).matches();
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
