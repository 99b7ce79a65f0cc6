/**
 * Jobs in a relational database: H2 in a file by default, PostgreSQL by configuration. The same SQL and the same migrations
 * run on both. What the image layout says is not repeated here.
 */
@NullMarked
package io.plumbline.registry.adapter.store;

import org.jspecify.annotations.NullMarked;
