/**
 * The gateway's data folder: the outbox as a segmented log, snapshots of the state, the last good assignment and the models
 * it names. Everything here survives a crash at any instruction.
 */
@NullMarked
package io.plumbline.gateway.adapter.disk;

import org.jspecify.annotations.NullMarked;
