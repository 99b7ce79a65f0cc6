/** SQL tables of a service: a pool of connections, migrations, transactions. */
@NullMarked
package io.plumbline.database;

import org.jspecify.annotations.NullMarked;
