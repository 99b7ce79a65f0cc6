package io.plumbline.benchmarks.kills;

import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import java.util.List;

/**
 * What the sites say they run of a model.
 *
 * @param ranges of the build
 */
record Running(Digest version, Digest build, List<TensorRange> ranges) {

    Running {
        ranges = List.copyOf(ranges);
    }
}
