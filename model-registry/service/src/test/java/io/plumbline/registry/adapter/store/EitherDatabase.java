package io.plumbline.registry.adapter.store;

import io.plumbline.database.Database;
import io.plumbline.support.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The databases that hold the tables: every test of them runs on each. */
class EitherDatabase {

    enum Kind {
        H2,
        POSTGRESQL
    }

    @TempDir
    Path folder;

    private String url = "";

    /** A new one; {@link #open} opens it again. */
    Database empty(Kind kind) throws IOException, InterruptedException {
        url = switch (kind) {
            case H2 -> "jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0";
            case POSTGRESQL -> Postgres.emptyDatabase();
        };
        return open();
    }

    /** The one that {@link #empty} made last, after a restart. */
    Database open() {
        return Database.open(SqlJobStore.TABLES, url, "plumbline", "");
    }
}
