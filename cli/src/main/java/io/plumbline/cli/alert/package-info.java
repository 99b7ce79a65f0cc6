/** Alerts of the control plane: looked at, acknowledged, held back for a time. */
@NullMarked
package io.plumbline.cli.alert;

import org.jspecify.annotations.NullMarked;
