/** The OCI distribution API and the views for people and tools. */
@NullMarked
package io.plumbline.registry.adapter.http;

import org.jspecify.annotations.NullMarked;
