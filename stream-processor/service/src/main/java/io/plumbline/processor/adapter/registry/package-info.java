/**
 * What a build's package in the OCI registry says about its model, fetched beside the stream and kept.
 */
@NullMarked
package io.plumbline.processor.adapter.registry;

import org.jspecify.annotations.NullMarked;
