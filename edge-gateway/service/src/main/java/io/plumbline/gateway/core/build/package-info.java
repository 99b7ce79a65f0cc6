/**
 * Which builds run, and how they come to run: an assignment is desired state, and a build that cannot be fetched, verified
 * or started leaves the one before it in place.
 */
@NullMarked
package io.plumbline.gateway.core.build;

import org.jspecify.annotations.NullMarked;
