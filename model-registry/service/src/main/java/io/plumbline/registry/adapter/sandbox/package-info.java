/**
 * A process of its own for a model that has not run yet. {@link io.plumbline.registry.adapter.sandbox.ChildSandbox} writes model and
 * probes into a folder and starts {@link io.plumbline.registry.adapter.sandbox.SandboxMain} over it, which leaves an answer or a problem
 * there; what leaves neither has crashed.
 */
@NullMarked
package io.plumbline.registry.adapter.sandbox;

import org.jspecify.annotations.NullMarked;
