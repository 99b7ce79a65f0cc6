package io.plumbline.judging.policy;

import io.plumbline.contract.id.ModelName;

/** The policy of each model. */
public interface Policies {

    /** What holds where nothing is said of a model, and of what is the same for all: retentions and clocks. */
    JudgingPolicy usual();

    /** May change between two calls; what is judged is judged by one. */
    JudgingPolicy of(ModelName model);

    /** One for all models. */
    static Policies always(JudgingPolicy policy) {
        return new Policies() {
            @Override
            public JudgingPolicy usual() {
                return policy;
            }

            @Override
            public JudgingPolicy of(ModelName model) {
                return policy;
            }
        };
    }
}
