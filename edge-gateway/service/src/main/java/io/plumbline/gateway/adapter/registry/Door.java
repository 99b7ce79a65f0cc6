package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.login.LoginException;
import io.plumbline.contract.login.Redirection;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What stands between a request and its answer: the registry may want to know who asks, and may keep the answer elsewhere. Only the
 * registry itself is told who asks. Thread-safe.
 */
final class Door {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http;
    private final Duration silence;

    /** @param http follows nothing by itself */
    Door(HttpClient http, Duration silence) {
        this.http = http;
        this.silence = silence;
    }

    /**
     * The answer at the end of the way, of which the sink has what it wanted.
     *
     * @param who empty where nobody is to be told
     * @throws UnavailableBuildException if the registry does not let in who asks: that says nothing of what it has
     * @throws IOException if the answer did not come whole, or leads nowhere
     */
    HttpResponse<Void> send(HttpRequest request, Exchange.Sink sink, Optional<Authorization> who)
            throws UnavailableBuildException, IOException, InterruptedException {
        var answer = followed(shown(request, who), sink);
        if (!Redirection.isSameServer(request.uri(), answer.uri())) {
            return answer;
        }
        var asked = answer.headers().firstValue("WWW-Authenticate");
        if (answer.statusCode() == UNAUTHORIZED && who.isPresent() && asked.isPresent()) {
            try {
                who.get().meet(asked.get());
            } catch (LoginException e) {
                throw new UnavailableBuildException(String.valueOf(e.getMessage()), e);
            }
            answer = followed(shown(request, who), sink);
        }
        if (isLocked(answer) && Redirection.isSameServer(request.uri(), answer.uri())) {
            throw new UnavailableBuildException("the registry answers " + answer.statusCode() + " to GET "
                    + request.uri() + ": this gateway may not read there as who it says it is");
        }
        return answer;
    }

    private static boolean isLocked(HttpResponse<Void> answer) {
        return answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN;
    }

    private static HttpRequest shown(HttpRequest request, Optional<Authorization> who) {
        return who.flatMap(Authorization::header)
                .map(secret -> HttpRequest.newBuilder(request, (field, value) -> true)
                        .setHeader("Authorization", secret)
                        .build())
                .orElse(request);
    }

    private HttpResponse<Void> followed(HttpRequest request, Exchange.Sink sink)
            throws IOException, InterruptedException {
        var answer = new Exchange(sink).send(http, request, silence);
        try {
            var next = Redirection.after(request, answer);
            for (int i = 0; i < Redirection.MOST && next.isPresent(); i++) {
                answer = new Exchange(sink).send(http, next.get(), silence);
                next = Redirection.after(next.get(), answer);
            }
            if (next.isPresent()) {
                throw new IOException("it leads on more than " + Redirection.MOST + " times");
            }
            return answer;
        } catch (LoginException e) {
            throw new IOException("it " + e.getMessage(), e);
        }
    }
}
