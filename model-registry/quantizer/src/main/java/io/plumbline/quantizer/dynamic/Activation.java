package io.plumbline.quantizer.dynamic;

/** Names of what DynamicQuantizeLinear makes of a tensor. */
record Activation(String values, String scale, String zeroPoint) {}
