/** Ten thousand gateways that ask the control plane again and again for what they are to run. */
@NullMarked
package io.plumbline.benchmarks.polling;

import org.jspecify.annotations.NullMarked;
