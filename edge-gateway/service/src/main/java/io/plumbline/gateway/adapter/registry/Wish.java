package io.plumbline.gateway.adapter.registry;

import io.plumbline.gateway.adapter.disk.Partial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;

/** Something of a registry that may be asked for again. */
sealed interface Wish extends Exchange.Sink {

    int OK = 200;
    int PARTIAL_CONTENT = 206;
    int RANGE_NOT_SATISFIABLE = 416;

    URI uri();

    /** Called before each attempt. */
    HttpRequest.Builder request() throws IOException;

    /** Bytes that will not have to come again. */
    long gained() throws IOException;

    /** All of something small, in memory. */
    final class Whole implements Wish {

        /** Of a manifest, an index or a signature; the specification asks registries for 4 MiB. */
        private static final int MOST_BYTES = 4 << 20;

        private final URI uri;
        private final String accept;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Whole(URI uri, String accept) {
            this.uri = uri;
            this.accept = accept;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        @Override
        public URI uri() {
            return uri;
        }

        @Override
        public HttpRequest.Builder request() {
            bytes.reset();
            return HttpRequest.newBuilder(uri).header("Accept", accept);
        }

        @Override
        public long gained() {
            return 0;
        }

        @Override
        public boolean begin(ResponseInfo head) {
            return head.statusCode() == OK;
        }

        @Override
        public void take(byte[] more) throws IOException {
            if (bytes.size() + more.length > MOST_BYTES) {
                throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
            }
            bytes.writeBytes(more);
        }
    }

    /** What is missing of a blob, behind what is on disk. */
    record Range(URI uri, long size, Partial partial) implements Wish {

        @Override
        public HttpRequest.Builder request() throws IOException {
            var request = HttpRequest.newBuilder(uri).header("Accept", "*/*");
            var there = partial.size();
            return there == 0 ? request : request.header("Range", "bytes=" + there + "-");
        }

        @Override
        public long gained() throws IOException {
            return partial.size();
        }

        @Override
        public boolean begin(ResponseInfo head) throws IOException {
            var status = head.statusCode();
            var range = head.headers().firstValue("Content-Range").orElse("none");
            if (status == PARTIAL_CONTENT && !range.startsWith("bytes " + partial.size() + "-")) {
                throw new IOException("it sent another part than the one it was asked for: " + range);
            }
            if (status == OK || status == RANGE_NOT_SATISFIABLE) {
                partial.clear();
            }
            return status == OK || status == PARTIAL_CONTENT;
        }

        @Override
        public void take(byte[] more) throws IOException {
            if (partial.size() + more.length > size) {
                partial.clear();
                throw new IOException("it sends more than the " + size + " bytes that the manifest names");
            }
            partial.append(more);
        }
    }
}
