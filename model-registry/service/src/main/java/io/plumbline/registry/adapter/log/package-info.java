/** The log of the registry: its lines get the fields of the dictionary, which all services share. */
@NullMarked
package io.plumbline.registry.adapter.log;

import org.jspecify.annotations.NullMarked;
