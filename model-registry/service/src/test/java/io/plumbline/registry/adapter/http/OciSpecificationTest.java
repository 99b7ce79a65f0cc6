package io.plumbline.registry.adapter.http;

import static io.plumbline.registry.adapter.http.OciClient.error;
import static io.plumbline.registry.adapter.http.OciClient.header;
import static io.plumbline.registry.adapter.http.OciClient.json;
import static io.plumbline.registry.adapter.http.OciClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoint by endpoint of the OCI distribution specification 1.1, end-1 to end-13, with repositories of their own. */
@QuarkusTest
@TestProfile(WithoutKafka.class)
class OciSpecificationTest {

    @TestHTTPResource("/")
    URI base;

    private OciClient client;

    @BeforeEach
    void connect() {
        client = new OciClient(base);
    }

    @Test
    void end1TheApiSaysThatItIsThere() throws Exception {
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
        assertThat(header(client.get("/v2/"), "Docker-Distribution-API-Version"))
                .isEqualTo("registry/2.0");
        var wrong = client.get("/v2/a/b/c");
        assertThat(wrong.statusCode()).isEqualTo(404);
        assertThat(error(wrong)).isEqualTo("NAME_UNKNOWN");
        assertThat(error(client.call("PATCH", "/v2/a/b/tags/list", ""))).isEqualTo("UNSUPPORTED");
    }

    @Test
    void end2ABlobComesWholeOrInPartOrNotAtAllIfItIsKnown() throws Exception {
        // Given
        var digest = push("end2/blob", "0123456789");
        var path = "/v2/end2/blob/blobs/" + digest;
        var tag = "\"" + digest + "\"";

        // Then
        assertThat(text(client.get(path))).isEqualTo("0123456789");
        assertThat(header(client.get(path), "ETag")).isEqualTo(tag);
        assertThat(header(client.head(path), "Content-Length")).isEqualTo("10");
        assertThat(header(client.head(path), "Docker-Content-Digest")).isEqualTo(digest.value());
        assertThat(client.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(client.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        for (var one :
                List.of("bytes=2-4 234", "bytes=7- 789", "bytes=-2 89", "bytes=8-99 89", "bytes=-99 0123456789")) {
            var part = client.get(path, "Range", one.split(" ")[0]);
            assertThat(part.statusCode()).as(one).isEqualTo(206);
            assertThat(text(part)).as(one).isEqualTo(one.split(" ")[1]);
        }
        assertThat(header(client.get(path, "Range", "bytes=-2"), "Content-Range"))
                .isEqualTo("bytes 8-9/10");
        for (var one : List.of("bytes=4-2", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "rubbish")) {
            assertThat(text(client.get(path, "Range", one))).as(one).isEqualTo("0123456789");
        }
        for (var one : List.of("bytes=10-", "bytes=-0", "bytes=99-100")) {
            var none = client.get(path, "Range", one);
            assertThat(none.statusCode()).as(one).isEqualTo(416);
            assertThat(header(none, "Content-Range")).as(one).isEqualTo("bytes */10");
        }
        assertThat(client.get(path, "Range", "bytes=2-4", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(client.get(path, "Range", "bytes=2-4", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.head("/v2/end2/blob/blobs/" + Digest.of(new byte[3])).statusCode())
                .isEqualTo(404);
    }

    @Test
    void end3AManifestComesAsItWasPushed() throws Exception {
        // Given
        var manifest = client.manifest("end3/m", "three");
        var digest = client.put("end3/m", "v1", manifest);

        for (var reference : List.of("v1", digest.value())) {
            // When
            var path = "/v2/end3/m/manifests/" + reference;
            var got = client.get(path, "Accept", MediaTypes.OCI_MANIFEST);
            var head = client.head(path);

            // Then
            assertThat(got.body()).isEqualTo(Json.encode(manifest));
            assertThat(header(got, "Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
            assertThat(header(got, "ETag")).isEqualTo("\"" + digest + "\"");
            assertThat(header(head, "Docker-Content-Digest")).isEqualTo(digest.value());
            assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(got.body().length));
            assertThat(client.get(path, "If-None-Match", "\"" + digest + "\"").statusCode())
                    .isEqualTo(304);
        }
        assertThat(client.head("/v2/end3/m/manifests/none").statusCode()).isEqualTo(404);
        assertThat(client.get("/v2/end3/other/manifests/" + digest).statusCode())
                .isEqualTo(404);
    }

    @Test
    void end4ABlobIsPushedInOneRequestOrAnUploadBegins() throws Exception {
        assertThat(push("end4/m", "one go")).isNotNull();
        var begun = client.call("POST", "/v2/end4/m/blobs/uploads", "");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(header(begun, "Location")).startsWith("/v2/end4/m/blobs/uploads/");
        var wrong = client.call("POST", "/v2/end4/m/blobs/uploads/?digest=" + Digest.of(new byte[9]), "one go");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(error(wrong)).isEqualTo("DIGEST_INVALID");
    }

    @Test
    void end5ChunksFollowEachOtherAndNothingElse() throws Exception {
        // Given
        var upload = client.begin("end5/m");

        // When
        var first = client.call("PATCH", upload, "012", "Content-Range", "0-2");
        var late = client.call("PATCH", upload, "567", "Content-Range", "5-7");
        var again = client.call("PATCH", upload, "012", "Content-Range", "0-2");
        var longer = client.call("PATCH", upload, "3456", "Content-Range", "3-4");
        var rubbish = client.call("PATCH", upload, "34", "Content-Range", "from three");
        var second = client.call("PATCH", upload, "34", "Content-Range", "3-4");

        // Then
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-2");
        for (var refused : List.of(late, again, longer, rubbish)) {
            assertThat(refused.statusCode()).isEqualTo(416);
            assertThat(error(refused)).isEqualTo("BLOB_UPLOAD_INVALID");
        }
        assertThat(header(second, "Range")).isEqualTo("0-4");
    }

    @Test
    void end6TheLastChunkMayComeWithTheDigest() throws Exception {
        for (var last : List.of("", "34")) {
            // Given
            var upload = client.begin("end6/m");
            client.call("PATCH", upload, "012", "Content-Type", "application/octet-stream");
            var digest = Digest.of(("012" + last).getBytes(StandardCharsets.UTF_8));

            // When
            var stored = client.call("PUT", upload + "?digest=" + digest, last);

            // Then
            assertThat(stored.statusCode()).isEqualTo(201);
            assertThat(header(stored, "Location")).isEqualTo("/v2/end6/m/blobs/" + digest);
            assertThat(text(client.get(header(stored, "Location")))).isEqualTo("012" + last);
            assertThat(error(client.get(upload))).isEqualTo("BLOB_UPLOAD_UNKNOWN");
        }
        var upload = client.begin("end6/m");
        assertThat(error(client.call("PUT", upload, "x"))).isEqualTo("DIGEST_INVALID");
        assertThat(client.get(upload).statusCode()).isEqualTo(204);
    }

    @Test
    void end7AManifestNeedsAllThatItNamesInTheSizeThatItSays() throws Exception {
        // Given
        var sound = client.manifest("end7/m", "seven");
        var missing = sound.deepCopy();
        ((ObjectNode) missing.path("layers").get(0))
                .put("digest", Digest.of(new byte[7]).value());
        var larger = sound.deepCopy();
        ((ObjectNode) larger.path("layers").get(0)).put("size", 1L << 60);
        var foreign = sound.deepCopy().put("mediaType", "text/html");
        var both = sound.deepCopy();
        both.putArray("manifests");

        // Then
        assertThat(error(client.put("end7/m", "v1", Json.encode(missing)))).isEqualTo("MANIFEST_BLOB_UNKNOWN");
        for (var wrong : List.of(larger, foreign, both)) {
            assertThat(error(client.put("end7/m", "v1", Json.encode(wrong)))).isEqualTo("MANIFEST_INVALID");
        }
        var contradicting =
                client.call("PUT", "/v2/end7/m/manifests/v1", sound.toString(), "Content-Type", MediaTypes.OCI_INDEX);
        assertThat(error(contradicting)).isEqualTo("MANIFEST_INVALID");
        var other = client.put("end7/m", Digest.of(new byte[1]).value(), Json.encode(sound));
        assertThat(error(other)).isEqualTo("DIGEST_INVALID");
        var stored = client.put("end7/m", "v1", Json.encode(sound));
        assertThat(header(stored, "Location")).isEqualTo("/v2/end7/m/manifests/" + Digest.of(Json.encode(sound)));
    }

    @Test
    void end7AnIndexListsManifestsThatAreThere() throws Exception {
        // Given
        var child = client.put("end7/i", "child", client.manifest("end7/i", "child"));
        var index = Json.mapper().createObjectNode().put("schemaVersion", 2);
        var listed = index.putArray("manifests").addObject();
        listed.put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("digest", child.value())
                .put("size", 1);

        // When
        var digest = client.put("end7/i", "all", index);

        // Then
        assertThat(header(client.get("/v2/end7/i/manifests/all"), "Content-Type"))
                .isEqualTo(MediaTypes.OCI_INDEX);
        var kept = client.delete("/v2/end7/i/manifests/" + child);
        assertThat(kept.statusCode()).isEqualTo(409);
        assertThat(error(kept)).isEqualTo("DENIED");
        assertThat(text(kept)).contains("index " + digest + " lists it; delete that first");
        listed.put("digest", Digest.of(new byte[2]).value());
        assertThat(error(client.put("end7/i", "none", Json.encode(index)))).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void end8TagsComeInOrderAndInPages() throws Exception {
        // Given
        var manifest = client.manifest("end8/m", "eight");
        for (var tag : List.of("b", "C", "a", "d")) {
            client.put("end8/m", tag, manifest);
        }

        // When
        var first = client.get("/v2/end8/m/tags/list?n=3");
        var next = client.get(header(first, "Link").replaceAll("<(.*)>; rel=\"next\"", "$1"));

        // Then
        assertThat(json(client.get("/v2/end8/m/tags/list")).toString())
                .isEqualTo("{\"name\":\"end8/m\",\"tags\":[\"a\",\"b\",\"C\",\"d\"]}");
        assertThat(json(first).path("tags").toString()).isEqualTo("[\"a\",\"b\",\"C\"]");
        assertThat(json(next).path("tags").toString()).isEqualTo("[\"d\"]");
        assertThat(header(next, "Link")).isEmpty();
        assertThat(json(client.get("/v2/end8/m/tags/list?last=bb&n=1"))
                        .path("tags")
                        .toString())
                .isEqualTo("[\"C\"]");
        assertThat(json(client.get("/v2/end8/m/tags/list?n=0")).path("tags")).isEmpty();
        for (var wrong : List.of("-1", "many", "1.5")) {
            var answer = client.get("/v2/end8/m/tags/list?n=" + wrong);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(error(answer)).isEqualTo("PAGINATION_NUMBER_INVALID");
        }
        assertThat(error(client.get("/v2/end8/none/tags/list"))).isEqualTo("NAME_UNKNOWN");
    }

    @Test
    void theCatalogListsRepositoriesInPages() throws Exception {
        // Given
        for (var name : List.of("zz/one", "zz/three", "zz/two")) {
            client.put(name, "v1", client.manifest(name, "catalog"));
        }

        // When
        var page = client.get("/v2/_catalog?last=zz&n=2");

        // Then
        assertThat(json(page).path("repositories").toString()).isEqualTo("[\"zz/one\",\"zz/three\"]");
        assertThat(header(page, "Link")).isEqualTo("</v2/_catalog?n=2&last=zz%2Fthree>; rel=\"next\"");
        var all = json(client.get("/v2/_catalog")).path("repositories");
        assertThat(all.toString()).contains("\"zz/two\"");
    }

    @Test
    void end9ATagGoesAndItsManifestStaysUntilItIsDeletedByDigest() throws Exception {
        // Given
        var digest = client.put("end9/m", "v1", client.manifest("end9/m", "nine"));
        client.put("end9/m", "v2", client.manifest("end9/m", "nine"));
        var path = "/v2/end9/m/manifests/";

        // When
        var untagged = client.delete(path + "v1");

        // Then
        assertThat(untagged.statusCode()).isEqualTo(202);
        assertThat(client.get(path + "v1").statusCode()).isEqualTo(404);
        assertThat(client.get(path + digest).statusCode()).isEqualTo(200);

        // When
        var deleted = client.delete(path + digest);

        // Then
        assertThat(deleted.statusCode()).isEqualTo(202);
        assertThat(client.get(path + "v2").statusCode()).isEqualTo(404);
        assertThat(error(client.delete(path + digest))).isEqualTo("MANIFEST_UNKNOWN");
        assertThat(error(client.delete(path + "v2"))).isEqualTo("MANIFEST_UNKNOWN");
        assertThat(error(client.get("/v2/end9/m/tags/list"))).isEqualTo("NAME_UNKNOWN");
    }

    @Test
    void end10ABlobGoesWhenNoManifestNeedsIt() throws Exception {
        // Given
        var manifest = client.manifest("end10/m", "ten");
        var blob = "/v2/end10/m/blobs/"
                + manifest.path("layers").get(0).path("digest").asText();
        var digest = client.put("end10/m", "v1", manifest);

        // When
        var kept = client.delete(blob);
        client.delete("/v2/end10/m/manifests/" + digest);
        var gone = client.delete(blob);

        // Then
        assertThat(kept.statusCode()).isEqualTo(409);
        assertThat(error(kept)).isEqualTo("DENIED");
        assertThat(text(kept)).contains("belongs to manifest " + digest + " of 'end10/m'");
        assertThat(gone.statusCode()).isEqualTo(202);
        assertThat(client.head(blob).statusCode()).isEqualTo(404);
        assertThat(error(client.delete(blob))).isEqualTo("BLOB_UNKNOWN");
    }

    @Test
    void end11ABlobIsMountedFromAnotherRepositoryOrUploaded() throws Exception {
        // Given
        var digest = push("end11/from", "eleven");
        var path = "/v2/end11/to/blobs/uploads/?from=end11%2Ffrom&mount=";

        // When
        var mounted = client.call("POST", path + digest, "");
        var unknown = client.call("POST", path + Digest.of(new byte[11]), "");

        // Then
        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(header(mounted, "Location")).isEqualTo("/v2/end11/to/blobs/" + digest);
        assertThat(text(client.get(header(mounted, "Location")))).isEqualTo("eleven");
        assertThat(unknown.statusCode()).isEqualTo(202);
        assertThat(header(unknown, "Location")).startsWith("/v2/end11/to/blobs/uploads/");
    }

    @Test
    void end12ReferrersComeWithTypeAndAnnotationsAlsoBeforeTheirSubject() throws Exception {
        // Given
        var subject = client.manifest("end12/m", "subject");
        var digest = Digest.of(Json.encode(subject));
        var referrer = client.manifest("end12/m", "referrer");
        referrer.putObject("annotations").put("why", "signed");
        var described = referrer.putObject("subject");
        described
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("digest", digest.value())
                .put("size", 1);
        var path = "/v2/end12/m/referrers/" + digest;
        assertThat(json(client.get(path)).path("manifests")).isEmpty();

        // When
        var stored = client.put("end12/m", Digest.of(Json.encode(referrer)).value(), Json.encode(referrer));

        // Then
        assertThat(header(stored, "OCI-Subject")).isEqualTo(digest.value());
        var list = client.get(path);
        assertThat(header(list, "Content-Type")).isEqualTo(MediaTypes.OCI_INDEX);
        var one = json(list).path("manifests").get(0);
        assertThat(one.path("artifactType").asText()).isEqualTo(OciClient.NEUTRAL);
        assertThat(one.path("annotations").path("why").asText()).isEqualTo("signed");
        assertThat(one.path("digest").asText())
                .isEqualTo(Digest.of(Json.encode(referrer)).value());
        var filtered = client.get(path + "?artifactType=" + OciClient.NEUTRAL);
        assertThat(json(filtered).path("manifests")).hasSize(1);
        assertThat(header(filtered, "OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(json(client.get(path + "?artifactType=none")).path("manifests"))
                .isEmpty();
    }

    @Test
    void end13AnUploadTellsHowFarItIsAndCanBeGivenUp() throws Exception {
        // Given
        var upload = client.begin("end13/m");
        client.call("PATCH", upload, "thirteen");

        // When
        var progress = client.get(upload);
        var cancelled = client.delete(upload);

        // Then
        assertThat(progress.statusCode()).isEqualTo(204);
        assertThat(header(progress, "Range")).isEqualTo("0-7");
        assertThat(header(progress, "Location")).isEqualTo(upload);
        assertThat(cancelled.statusCode()).isEqualTo(204);
        for (var method : Set.of("GET", "PATCH", "PUT", "DELETE")) {
            var gone = client.call(method, upload + "?digest=" + Digest.of(new byte[0]), "");
            assertThat(gone.statusCode()).as(method).isEqualTo(404);
            assertThat(error(gone)).as(method).isEqualTo("BLOB_UPLOAD_UNKNOWN");
        }
    }

    private Digest push(String repository, String content) throws Exception {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        client.push(repository, OciClient.NEUTRAL, bytes, "");
        return Digest.of(bytes);
    }
}
