package io.plumbline.registry.adapter.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Holdings;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Page;
import io.plumbline.registry.core.oci.Repositories;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is: tags (end-8), referrers (end-12), and the catalog of repositories, which is Docker's.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution 1.1</a>
 */
@Path("/v2")
@Blocking
public final class ListResource {

    private final Repositories repositories;

    ListResource(Repositories repositories) {
        this.repositories = repositories;
    }

    @GET
    @Path("/_catalog")
    public Response catalog(@QueryParam("n") @Nullable String count, @QueryParam("last") @Nullable String last) {
        var page = Page.of(repositories.repositories(), Comparator.naturalOrder(), count, last);
        var body = Json.mapper().createObjectNode();
        page.items().forEach(body.putArray("repositories")::add);
        return answer(body, page, "/v2/_catalog");
    }

    @GET
    @Path("/{name: .+}/tags/list")
    public Response tags(
            @PathParam("name") String name,
            @QueryParam("n") @Nullable String count,
            @QueryParam("last") @Nullable String last) {
        if (repositories.manifests(Names.repository(name)).isEmpty()) {
            throw new OciException(OciException.Code.NAME_UNKNOWN, "repository '" + name + "' is not known");
        }
        var page = Page.of(repositories.tags(name), Holdings.TAG_ORDER, count, last);
        var body = Json.mapper().createObjectNode().put("name", name);
        page.items().forEach(body.putArray("tags")::add);
        return answer(body, page, "/v2/" + name + "/tags/list");
    }

    private static Response answer(ObjectNode body, Page page, String path) {
        var answer = Response.ok(Json.encode(body), MediaType.APPLICATION_JSON);
        page.next()
                .map(last ->
                        path + "?n=" + page.items().size() + "&last=" + URLEncoder.encode(last, StandardCharsets.UTF_8))
                .ifPresent(next -> answer.header("Link", "<" + next + ">; rel=\"next\""));
        return answer.build();
    }

    /** Also of what is not there, or not yet: then nothing refers to it. */
    @GET
    @Path("/{name: .+}/referrers/{digest}")
    public Response referrers(
            @PathParam("name") String name,
            @PathParam("digest") String digest,
            @QueryParam("artifactType") @Nullable String artifactType) {
        var subject = Optional.of(Names.digest(digest));
        // a '+' that a client left bare has come as a space, which no media type has
        var type = artifactType == null ? null : artifactType.replace(' ', '+');
        var body = Json.mapper().createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        var list = body.putArray("manifests");
        repositories.manifests(Names.repository(name)).stream()
                .filter(manifest -> manifest.subject().equals(subject))
                .filter(manifest -> type == null || type.equals(manifest.artifactType()))
                .forEach(manifest -> describe(list.addObject(), manifest));
        var answer = Response.ok(Json.encode(body), MediaTypes.OCI_INDEX);
        if (artifactType != null) {
            answer.header("OCI-Filters-Applied", "artifactType");
        }
        return answer.build();
    }

    private static void describe(ObjectNode node, Manifest manifest) {
        node.put("mediaType", manifest.mediaType())
                .put("digest", manifest.digest().value())
                .put("size", manifest.size());
        if (!manifest.artifactType().isEmpty()) {
            node.put("artifactType", manifest.artifactType());
        }
        if (!manifest.annotations().isEmpty()) {
            var annotations = node.putObject("annotations");
            manifest.annotations().forEach(annotations::put);
        }
    }
}
