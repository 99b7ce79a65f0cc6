package io.plumbline.gateway.core.slots;

import io.plumbline.contract.id.Digest;

/**
 * A build that this gateway does not try again before a newer assignment asks for it.
 *
 * @param because one line
 */
public record Condemned(Digest build, String because) {}
