/** What has to stay in the registry: builds that run somewhere, and what the builds that are kept came from. */
@NullMarked
package io.plumbline.registry.core.retention;

import org.jspecify.annotations.NullMarked;
