package io.plumbline.registry.core.health;

import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import java.util.List;
import java.util.Optional;

/** What was heard of the health of all cohorts, and whether that is all that there is. Not thread-safe. */
public final class SiteHealth {

    private final Hopeless hopeless = new Hopeless();
    private final LiveInputs live = new LiveInputs();

    public void hear(ModelHealth health) {
        hopeless.hear(health);
        live.hear(health);
    }

    /** @param key of a cohort that is gone */
    public void forget(String key) {
        hopeless.forget(key);
        live.forget(key);
    }

    /** Whatever was said until now was heard. */
    public void known() {
        hopeless.known();
    }

    /** Everything will be heard anew, from the beginning. */
    public void unknown() {
        hopeless.unknown();
        live.clear();
    }

    public boolean isKnown() {
        return hopeless.isKnown();
    }

    /** Why no ranges can help what was asked for; only what is known can say so. */
    public Optional<String> objection(Requested request) {
        return hopeless.objection(request);
    }

    /** What the sites of the request read, in the horizon of their health; empty where nobody tells. */
    public List<InputHistogram> live(Requested request) {
        return live.of(request);
    }
}
