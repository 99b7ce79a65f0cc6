/** Who makes a request. */
@NullMarked
package io.plumbline.registry.adapter.operator;

import org.jspecify.annotations.NullMarked;
