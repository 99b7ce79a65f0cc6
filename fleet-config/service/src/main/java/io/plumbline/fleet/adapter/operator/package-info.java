/** Who makes a request. */
@NullMarked
package io.plumbline.fleet.adapter.operator;

import org.jspecify.annotations.NullMarked;
