/**
 * What each gateway is to run, derived from the fleet file and the rollouts, and the board on which gateways read it. A
 * gateway's generation rises with every change and never falls.
 */
@NullMarked
package io.plumbline.fleet.core.assignment;

import org.jspecify.annotations.NullMarked;
