/** What the registry is worth when it is killed: artifacts are whole or not there, and every recalibration ends once. */
@NullMarked
package io.plumbline.benchmarks.kills;

import org.jspecify.annotations.NullMarked;
