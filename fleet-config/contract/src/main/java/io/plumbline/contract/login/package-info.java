/**
 * Who one is to a registry: names and passwords from the environment or from the file that {@code docker login} writes, never from a
 * command line, and the tokens that registries want in their place.
 */
@NullMarked
package io.plumbline.contract.login;

import org.jspecify.annotations.NullMarked;
