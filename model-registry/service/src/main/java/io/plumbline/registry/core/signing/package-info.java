/** Keys change, and what runs has to be signed by those that count: builds of this registry get the signatures they lack. */
@NullMarked
package io.plumbline.registry.core.signing;

import org.jspecify.annotations.NullMarked;
