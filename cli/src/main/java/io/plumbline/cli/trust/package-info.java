/** Trust roots of gateways: which keys count, which builds were taken back. */
@NullMarked
package io.plumbline.cli.trust;

import org.jspecify.annotations.NullMarked;
