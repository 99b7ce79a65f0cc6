/** The control plane over HTTP: the fleet file, assignments, rollouts, the overview and the page for people. */
@NullMarked
package io.plumbline.fleet.adapter.http;

import org.jspecify.annotations.NullMarked;
