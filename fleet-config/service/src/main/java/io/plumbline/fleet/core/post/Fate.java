package io.plumbline.fleet.core.post;

/** What became of a letter. */
public enum Fate {
    /** It is still to be delivered. */
    WAITING,
    /** The sink has it. */
    DELIVERED,
    /** The alert was over before the sink was to hear of it. */
    SPARED,
    /** The sink is no longer in the fleet file. */
    WITHDRAWN,
    /** It was tried for as long as the policy says. */
    UNDELIVERABLE
}
