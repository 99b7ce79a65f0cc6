/**
 * The settings that verdicts and requests follow from, by the names that people give them. They are written into every
 * verdict, so that it can be judged again, and read from files, so that others can be tried on the past.
 */
@NullMarked
package io.plumbline.judging.policy;

import org.jspecify.annotations.NullMarked;
