/** The log of the gateway: its lines get the fields of the dictionary, which all services share. */
@NullMarked
package io.plumbline.gateway.adapter.log;

import org.jspecify.annotations.NullMarked;
