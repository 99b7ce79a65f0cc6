/**
 * The packaged registry as fifty gateways meet it: beside a bare static file server of the same stack, over connections that break,
 * and with as many manifests as it should hold.
 */
@NullMarked
package io.plumbline.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
