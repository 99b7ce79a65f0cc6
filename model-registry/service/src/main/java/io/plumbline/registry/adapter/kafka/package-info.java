/** Recalibrations, tasks and gateway events on their topics. */
@NullMarked
package io.plumbline.registry.adapter.kafka;

import org.jspecify.annotations.NullMarked;
