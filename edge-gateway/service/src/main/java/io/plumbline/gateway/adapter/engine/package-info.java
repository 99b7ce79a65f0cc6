/**
 * With which options of ONNX Runtime each build runs on this machine: measured once, remembered on disk.
 */
@NullMarked
package io.plumbline.gateway.adapter.engine;

import org.jspecify.annotations.NullMarked;
