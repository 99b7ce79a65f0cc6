/**
 * What the pages about rollouts show: where each is, what its waves have told, how far its evidence is from its limits, and what a person may
 * ask of it now, with what that will do to how many gateways.
 */
@NullMarked
package io.plumbline.fleet.core.console.rollout;

import org.jspecify.annotations.NullMarked;
