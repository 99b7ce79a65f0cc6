/**
 * Which recipe suits a model: tries them on samples, against a goal, and says what each gave. Running models is somebody
 * else's: {@link io.plumbline.quantizer.auto.Laboratory}.
 */
@NullMarked
package io.plumbline.quantizer.auto;

import org.jspecify.annotations.NullMarked;
