/**
 * What people hand to a registry and get back: ONNX files with their cards, folders, MLflow models, and artifacts with every
 * byte as it was. What can be told to be wrong here is told before anything is sent.
 */
@NullMarked
package io.plumbline.cli.parcel;

import org.jspecify.annotations.NullMarked;
