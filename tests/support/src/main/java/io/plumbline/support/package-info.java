/**
 * What tests of several modules need: where the large data sets lie, a real MQTT broker, a real database, and how a test says that it
 * has to do without.
 */
@NullMarked
package io.plumbline.support;

import org.jspecify.annotations.NullMarked;
