/**
 * What the registry stores beside a model: cards, ranges, profiles, self-tests, signatures.
 */
@NullMarked
package io.plumbline.contract.artifact;

import org.jspecify.annotations.NullMarked;
