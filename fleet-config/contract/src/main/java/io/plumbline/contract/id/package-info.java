/**
 * Validated identifiers. Text from outside becomes one of these at the border or is refused there.
 */
@NullMarked
package io.plumbline.contract.id;

import org.jspecify.annotations.NullMarked;
