/**
 * Builds from an OCI registry: every byte is checked against its digest, every build against its signature, before anything
 * of it is parsed as a model.
 */
@NullMarked
package io.plumbline.gateway.adapter.registry;

import org.jspecify.annotations.NullMarked;
