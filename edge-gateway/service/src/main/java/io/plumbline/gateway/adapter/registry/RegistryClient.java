package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.LoginException;
import io.plumbline.contract.login.Redirection;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.Partial;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of the OCI distribution API that a gateway needs. What comes back was checked against its digest. A connection
 * that breaks is taken up again where it broke. Thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution spec 1.1</a>
 */
final class RegistryClient {

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Of a list of referrers: enough to find a signature among. */
    private static final int MOST_PAGES = 100;

    /** Less than that of one attempt is no progress: a registry that sends a byte a minute is as good as none. */
    private static final int MUCH_BYTES = 64 << 10;

    private final Repositories repositories;
    private final Patience patience;
    private final Door door;

    RegistryClient(HttpClient http, Repositories repositories, Patience patience) {
        this.repositories = repositories;
        this.patience = patience;
        this.door = new Door(http, patience.silence());
    }

    byte[] manifest(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var wish = new Wish.Whole(uri(model, "manifests/", digest), MediaTypes.OCI_MANIFEST);
        return checked(digest, found(wish, insist(model, wish)));
    }

    /** A manifest that something names; empty where the registry does not have it. */
    Optional<byte[]> findManifest(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return find(model, digest, new Wish.Whole(uri(model, "manifests/", digest), MediaTypes.OCI_MANIFEST));
    }

    /** The same of a small blob. */
    Optional<byte[]> findBlob(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return find(model, digest, new Wish.Whole(uri(model, "blobs/", digest), "*/*"));
    }

    private Optional<byte[]> find(ModelName model, Digest digest, Wish.Whole wish)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var answer = insist(model, wish);
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(checked(digest, wish.bytes()));
    }

    private URI uri(ModelName model, String kind, Digest digest) {
        return repositories.uri(model, kind + digest);
    }

    /**
     * Descriptors of the manifests that refer to this one as signatures; in a registry without the referrers API by the tag that stands
     * for it.
     */
    List<OciManifest.Descriptor> signatures(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var found = new ArrayList<OciManifest.Descriptor>();
        var next = Optional.of(uri(model, "referrers/", digest));
        for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
            var list = new Wish.Whole(next.get(), MediaTypes.OCI_INDEX);
            var answer = insist(model, list);
            if (answer.statusCode() == NOT_FOUND && page == 0) {
                return tagged(model, digest);
            }
            found.addAll(signatures(found(list, answer)));
            next = nextPage(answer);
        }
        return found;
    }

    private List<OciManifest.Descriptor> tagged(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var tag = digest.value().replace(':', '-');
        var list = new Wish.Whole(repositories.uri(model, "manifests/" + tag), MediaTypes.OCI_INDEX);
        var answer = insist(model, list);
        return answer.statusCode() == NOT_FOUND ? List.of() : signatures(found(list, answer));
    }

    private static List<OciManifest.Descriptor> signatures(byte[] index) throws UnfitBuildException {
        try {
            return Json.decode(index, OciManifest.Index.class).manifests().stream()
                    .filter(referrer -> referrer.artifactType()
                            .filter(MediaTypes.SIGNATURE::equals)
                            .isPresent())
                    .toList();
        } catch (MalformedMessageException e) {
            throw new UnfitBuildException("the registry's list of referrers is malformed: " + e.getMessage(), e);
        }
    }

    private static Optional<URI> nextPage(HttpResponse<Void> answer) throws UnavailableBuildException {
        try {
            return Redirection.nextPage(answer);
        } catch (LoginException e) {
            throw new UnavailableBuildException("the registry's list of referrers " + e.getMessage(), e);
        }
    }

    /**
     * Fetches what is missing of a blob. What came before a connection broke is kept, for the next call if not for this one.
     *
     * @param size in bytes, as the manifest names it; more is not taken
     */
    void fetch(ModelName model, long size, Partial partial)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException, IOException {
        if (partial.size() < size) {
            var range = new Wish.Range(uri(model, "blobs/", partial.digest()), size, partial);
            requireFound(insist(model, range), range.uri());
        }
        var came = partial.size();
        var actual = partial.complete();
        if (!actual.equals(partial.digest())) {
            throw wrong(partial.digest(), actual, came);
        }
    }

    /**
     * As often as patience allows; an attempt that brought much is not counted.
     *
     * @return a 200, 206 or 404
     * @throws UnfitBuildException if the registry has something against it
     */
    private HttpResponse<Void> insist(ModelName model, Wish wish)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var who = repositories.authorization(model).filter(login -> isTold(model, wish.uri()));
        for (int fruitless = 1; ; fruitless++) {
            var gained = 0L;
            var trouble = "";
            try {
                gained = wish.gained();
                var answer =
                        door.send(wish.request().timeout(patience.silence()).build(), wish, who);
                if (isFinal(answer, wish.uri())) {
                    return answer;
                }
                trouble = refusal(answer, wish.uri());
            } catch (IOException e) {
                trouble = "the registry does not answer GET " + wish.uri() + ": " + e.getMessage();
            }
            fruitless = hasGained(wish, gained) ? 0 : fruitless;
            if (fruitless >= patience.attempts()) {
                throw new UnavailableBuildException(trouble);
            }
            Thread.sleep(patience.pauseAfter(Math.max(1, fruitless)).toMillis());
        }
    }

    /** A page of a list may be on another server, which is told nothing. */
    private boolean isTold(ModelName model, URI asked) {
        return Redirection.isSameServer(repositories.uri(model, ""), asked);
    }

    /** A registry knows what it has; the store that it sends one to has no say in that. */
    private static boolean isFinal(HttpResponse<Void> answer, URI asked) throws UnfitBuildException {
        var status = answer.statusCode();
        if (status == Wish.OK || status == Wish.PARTIAL_CONTENT) {
            return true;
        }
        if (!Redirection.isSameServer(answer.uri(), asked)
                || status >= SERVER_ERROR
                || status == TOO_MANY_REQUESTS
                || status == Wish.RANGE_NOT_SATISFIABLE) {
            return false;
        }
        if (status == NOT_FOUND) {
            return true;
        }
        throw new UnfitBuildException(refusal(answer, asked));
    }

    /** Where it led is named without its query, which may be as good as a password. */
    private static String refusal(HttpResponse<Void> answer, URI asked) {
        var who = Redirection.isSameServer(answer.uri(), asked)
                ? "the registry"
                : answer.uri().getAuthority() + ", to which the registry leads,";
        return who + " answers " + answer.statusCode() + " to GET " + asked;
    }

    private byte[] found(Wish.Whole wish, HttpResponse<Void> answer)
            throws UnfitBuildException, UnavailableBuildException {
        requireFound(answer, wish.uri());
        return wish.bytes();
    }

    /** Plumbline's registry knows what it has. Others say the same to whom they do not know, and copies may be on their way. */
    private void requireFound(HttpResponse<Void> answer, URI asked)
            throws UnfitBuildException, UnavailableBuildException {
        if (answer.statusCode() != NOT_FOUND) {
            return;
        }
        if (repositories.arePlumblines()) {
            throw new UnfitBuildException(refusal(answer, asked));
        }
        throw new UnavailableBuildException(refusal(answer, asked) + ": it is not there yet, or not for this gateway");
    }

    private static boolean hasGained(Wish wish, long before) throws UnavailableBuildException, InterruptedException {
        try {
            return wish.gained() >= before + MUCH_BYTES;
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    /** @throws InterruptedException if it was this thread's interruption that closed the file */
    static UnavailableBuildException diskFailed(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
        return new UnavailableBuildException("the models folder cannot be used: " + e, e);
    }

    private static byte[] checked(Digest digest, byte[] content) throws UnfitBuildException {
        var actual = Digest.of(content);
        if (!actual.equals(digest)) {
            throw wrong(digest, actual, content.length);
        }
        return content;
    }

    private static UnfitBuildException wrong(Digest digest, Digest actual, long bytes) {
        return new UnfitBuildException("content of " + digest + " has the digest " + actual + " (" + bytes + " bytes)");
    }
}
