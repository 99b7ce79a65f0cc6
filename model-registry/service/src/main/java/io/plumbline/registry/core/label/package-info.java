/** What people say is true, held against what builds said of holdout readings: gateways know their answers, and only the topic of labels knows who was right. */
@NullMarked
package io.plumbline.registry.core.label;

import org.jspecify.annotations.NullMarked;
