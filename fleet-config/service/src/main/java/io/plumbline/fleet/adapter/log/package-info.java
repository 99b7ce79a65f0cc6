/** The log of the fleet: its lines get the fields of the dictionary, which all services share. */
@NullMarked
package io.plumbline.fleet.adapter.log;

import org.jspecify.annotations.NullMarked;
