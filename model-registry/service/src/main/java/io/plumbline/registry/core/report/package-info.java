/**
 * What travels with a build beside its model: how its recipe was found, and how near it is to FP32.
 */
@NullMarked
package io.plumbline.registry.core.report;

import org.jspecify.annotations.NullMarked;
