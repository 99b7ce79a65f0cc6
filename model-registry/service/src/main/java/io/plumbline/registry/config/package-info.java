/** The settings of the service, checked once at the start. */
@NullMarked
package io.plumbline.registry.config;

import org.jspecify.annotations.NullMarked;
