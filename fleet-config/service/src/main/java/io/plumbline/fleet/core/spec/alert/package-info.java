/** What the fleet file says about alerts: when they are told, where, and where the secrets for it are kept. */
@NullMarked
package io.plumbline.fleet.core.spec.alert;

import org.jspecify.annotations.NullMarked;
