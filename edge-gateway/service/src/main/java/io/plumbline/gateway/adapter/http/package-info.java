/**
 * The page of this gateway for a person who stands beside it, with a phone, while the control plane cannot be reached.
 */
@NullMarked
package io.plumbline.gateway.adapter.http;

import org.jspecify.annotations.NullMarked;
