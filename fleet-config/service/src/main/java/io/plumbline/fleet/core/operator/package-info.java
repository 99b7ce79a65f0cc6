/** Who may change the fleet. */
@NullMarked
package io.plumbline.fleet.core.operator;

import org.jspecify.annotations.NullMarked;
