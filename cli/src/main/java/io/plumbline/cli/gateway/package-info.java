/** Gateways that the fleet file does not name: invited with a token that works once, listed, sent away. */
@NullMarked
package io.plumbline.cli.gateway;

import org.jspecify.annotations.NullMarked;
