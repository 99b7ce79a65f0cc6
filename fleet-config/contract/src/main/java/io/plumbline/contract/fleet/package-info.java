/**
 * What gateways and people ask the control plane for over HTTP.
 */
@NullMarked
package io.plumbline.contract.fleet;

import org.jspecify.annotations.NullMarked;
