package io.plumbline.gateway.core.assignment;

import io.plumbline.gateway.core.build.Model;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.model.Compared;
import io.plumbline.inference.model.Observations;
import io.plumbline.inference.model.Trial;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A model on probation: counts its answers and shows whether a call into it is still going on. */
final class WatchedModel implements Model {

    private final Model model;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean inside;

    WatchedModel(Model model) {
        this.model = model;
    }

    /** Readings it has answered; any thread. */
    long answered() {
        return answered.get();
    }

    /** Number of the call that has not returned yet, or 0; any thread. */
    long callInside() {
        return inside ? calls.get() : 0;
    }

    @Override
    public Answer predict(Tensor window) {
        enter();
        try {
            var answer = model.predict(window);
            answered.incrementAndGet();
            return answer;
        } finally {
            inside = false;
        }
    }

    @Override
    public int mostAtOnce() {
        return model.mostAtOnce();
    }

    @Override
    public List<Answer> predictAll(List<Tensor> windows) {
        enter();
        try {
            var answers = model.predictAll(windows);
            answered.addAndGet(answers.size());
            return answers;
        } finally {
            inside = false;
        }
    }

    @Override
    public Compared compare(Tensor window, Answer int8) {
        enter();
        try {
            return model.compare(window, int8);
        } finally {
            inside = false;
        }
    }

    private void enter() {
        calls.incrementAndGet();
        inside = true;
    }

    @Override
    public Observations observe(List<Tensor> windows, int bins) {
        return model.observe(windows, bins);
    }

    @Override
    public Trial score(List<Tensor> windows) {
        return model.score(windows);
    }

    @Override
    public void close() {
        model.close();
    }
}
