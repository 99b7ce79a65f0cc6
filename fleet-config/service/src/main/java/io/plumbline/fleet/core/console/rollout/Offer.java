package io.plumbline.fleet.core.console.rollout;

import java.util.Optional;

/**
 * Something that a person may ask for now.
 *
 * @param verb as the request names it
 * @param label on the button
 * @param question what the confirmation asks
 * @param effect what will happen, to how many gateways
 * @param keeping what will happen instead if who has the candidate keeps it; empty if that cannot be asked
 * @param grave whether it takes something back
 */
public record Offer(
        String verb, String label, String question, String effect, Optional<String> keeping, boolean grave) {}
