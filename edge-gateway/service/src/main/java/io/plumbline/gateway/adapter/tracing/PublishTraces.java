package io.plumbline.gateway.adapter.tracing;

import java.util.Map;

/** Goes on following records out of the outbox, which another thread, or another process before a crash, has put there. */
public interface PublishTraces {

    /**
     * A record on its way.
     *
     * @param headers that it gets beside its own
     * @param arrived to be called when Kafka has it
     */
    record Publishing(Map<String, String> headers, Runnable arrived) {

        public Publishing {
            headers = Map.copyOf(headers);
        }
    }

    Publishing NOTHING = new Publishing(Map.of(), () -> {});

    /** Follows nothing. */
    PublishTraces NONE = new PublishTraces() {
        @Override
        public Publishing publishing(Map<String, String> headers) {
            return NOTHING;
        }

        @Override
        public Publishing statistics(byte[] delta) {
            return NOTHING;
        }
    };

    /** A record with these headers is handed to Kafka. */
    Publishing publishing(Map<String, String> headers);

    /** The statistics of a window are handed to Kafka. They follow from many messages: with them a trace of their own begins, the same again after a crash. */
    Publishing statistics(byte[] delta);
}
