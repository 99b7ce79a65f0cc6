/** Which build ran where and when, by the word of the gateways: a memory that outlives the process, and lasts longer than the topics. */
@NullMarked
package io.plumbline.registry.core.sighting;

import org.jspecify.annotations.NullMarked;
