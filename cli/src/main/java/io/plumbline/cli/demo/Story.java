package io.plumbline.cli.demo;

import io.plumbline.cli.show.View;
import io.plumbline.contract.message.RolloutStage;
import java.util.HashSet;
import java.util.Set;

/** Tells each step of a turn once. */
final class Story {

    private final TurnRun run;
    private final View view;
    private final Set<Object> told = new HashSet<>();

    Story(TurnRun run, View view) {
        this.run = run;
        this.view = view;
    }

    void tell() {
        run.stale()
                .filter(heard -> told.add("stale"))
                .ifPresent(heard -> view.event(heard.message().verdict() + " on "
                        + heard.message().cohort().site() + ": "
                        + heard.message().because()));
        run.watch()
                .refused(run.build(), run.startMillis())
                .filter(heard -> told.add("refused"))
                .ifPresent(heard ->
                        view.event("recalibration refused: " + heard.message().because()));
        for (var stage : RolloutStage.values()) {
            run.watch()
                    .rollout(run.build(), stage, run.startMillis())
                    .filter(heard -> told.add(stage))
                    .ifPresent(heard -> view.event(
                            "rollout " + stage + ": " + heard.message().because()));
        }
    }
}
