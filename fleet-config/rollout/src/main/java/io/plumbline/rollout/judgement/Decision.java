package io.plumbline.rollout.judgement;

/** What the evidence allows a rollout to do. Only a PASS advances it. */
public enum Decision {
    /** Everything the policy asks for is proven on every updated site. */
    PASS,
    /** A gateway refused the build, or a loss against the baseline is proven. */
    FAIL,
    /** Neither yet, and there is time. */
    CONTINUE,
    /** The deadline has passed on evidence that proves neither. */
    INCONCLUSIVE,
    /** The deadline has passed without evidence. */
    NO_DATA
}
