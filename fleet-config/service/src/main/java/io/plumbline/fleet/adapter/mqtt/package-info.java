/** Alerts at an MQTT broker. */
@NullMarked
package io.plumbline.fleet.adapter.mqtt;

import org.jspecify.annotations.NullMarked;
