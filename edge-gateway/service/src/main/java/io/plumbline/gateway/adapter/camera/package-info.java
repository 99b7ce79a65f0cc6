/**
 * Frames that the gateway fetches itself: files of a directory, and MJPEG over HTTP. Each camera has a thread that makes
 * messages of its frames under the topic of the stream, so that everything after the inbox is as if they had come over MQTT.
 */
@NullMarked
package io.plumbline.gateway.adapter.camera;

import org.jspecify.annotations.NullMarked;
