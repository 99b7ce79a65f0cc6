/**
 * Decisions in a relational database: H2 in a file by default, PostgreSQL by configuration. The same SQL and the same
 * migrations run on both.
 */
@NullMarked
package io.plumbline.fleet.adapter.store;

import org.jspecify.annotations.NullMarked;
