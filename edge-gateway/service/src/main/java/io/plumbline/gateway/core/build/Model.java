package io.plumbline.gateway.core.build;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.model.Compared;
import io.plumbline.inference.model.Observations;
import io.plumbline.inference.model.Trial;
import java.util.List;

/** A loaded build: INT8 that answers, and FP32 beside it. Belongs to one thread at a time. */
public interface Model extends AutoCloseable {

    /** INT8 on one window. */
    Answer predict(Tensor window);

    /** How many windows {@link #predictAll} puts into one call at most; 1 where a batch could change an answer. */
    int mostAtOnce();

    /** INT8 on each of these windows: what {@link #predict} gives, in fewer calls. Fails if it fails on one of them. */
    List<Answer> predictAll(List<Tensor> windows);

    /** FP32 on the same window, held against what INT8 said. */
    Compared compare(Tensor window, Answer int8);

    /** FP32 on these windows: one histogram per observed activation, and what the windows are. */
    Observations observe(List<Tensor> windows, int bins);

    /** INT8 against FP32 on these windows, of each of them. */
    Trial score(List<Tensor> windows);

    @Override
    void close();
}
