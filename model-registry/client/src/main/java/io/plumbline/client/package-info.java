/**
 * What the command line and the registry say to servers over HTTP: artifacts and their signatures to any OCI registry, JSON to ours. Files of any size go through little memory; what
 * is refused is one line for a person.
 */
@NullMarked
package io.plumbline.client;

import org.jspecify.annotations.NullMarked;
