/**
 * How builds come to run: an assignment is desired state, and a build that cannot be fetched, verified or started, takes the
 * process down, or does worse than the one before it in a rehearsal, leaves that one in place.
 */
@NullMarked
package io.plumbline.gateway.core.assignment;

import org.jspecify.annotations.NullMarked;
