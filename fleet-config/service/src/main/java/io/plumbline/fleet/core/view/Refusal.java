package io.plumbline.fleet.core.view;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;

/**
 * A gateway will not run a build.
 *
 * @param generation the assignment that asked for it
 */
record Refusal(ModelName model, Digest build, long generation, String because) {}
