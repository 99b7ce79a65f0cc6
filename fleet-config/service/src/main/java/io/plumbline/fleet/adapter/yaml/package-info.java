/**
 * Reads {@code fleet.yaml}. The reader walks the document's nodes itself, so that every complaint names the line, the
 * path, the value and the rule.
 */
@NullMarked
package io.plumbline.fleet.adapter.yaml;

import org.jspecify.annotations.NullMarked;
