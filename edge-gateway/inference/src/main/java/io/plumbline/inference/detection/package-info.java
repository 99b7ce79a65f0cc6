/** What was found in an image: boxes with a class and a score, thinned, and compared with a reference box by box. */
@NullMarked
package io.plumbline.inference.detection;

import org.jspecify.annotations.NullMarked;
