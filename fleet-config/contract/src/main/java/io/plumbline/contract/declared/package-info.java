/**
 * The fleet file as it is seen over HTTP: who put which version in force and why, what another file would change, and what
 * the one in force holds.
 */
@NullMarked
package io.plumbline.contract.declared;

import org.jspecify.annotations.NullMarked;
