package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What may be given away, and to whom. Both are thread-safe.
 *
 * @param streams that run, with what their owners allow
 * @param registry that asked
 */
public record Giving(Streams streams, Registry registry) {

    /** Streams by model. */
    @FunctionalInterface
    public interface Streams {

        /** Of every stream that runs this model, as it is now. */
        List<Stream> of(ModelName model) throws InterruptedException;
    }

    /**
     * A stream.
     *
     * @param grant empty where its owner did not say that anything may be given
     * @param windows the calibration part of its reservoir; none without a grant, and none of cameras
     */
    public record Stream(StreamId name, Optional<SampleGrant> grant, List<Tensor> windows) {

        public Stream {
            windows = grant.isPresent() ? List.copyOf(windows) : List.of();
        }
    }

    /** Where they go. */
    @FunctionalInterface
    public interface Registry {

        /**
         * @param npy windows along the first axis, as float32
         * @throws IOException if the registry does not take them; the message says why
         */
        void take(String recalibration, byte[] npy) throws IOException, InterruptedException;
    }
}
