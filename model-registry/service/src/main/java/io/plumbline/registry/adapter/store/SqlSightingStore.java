package io.plumbline.registry.adapter.store;

import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.registry.core.sighting.SightingStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;

/** Sightings in a table. Thread-safe. */
public final class SqlSightingStore implements SightingStore {

    private static final String ALL =
            "select gateway, site, stream, model, build, from_at, until_at, is_current from build_sighting s";

    private final DataSource database;

    public SqlSightingStore(Database database) {
        this.database = database.source();
    }

    @Override
    public void put(Sighting sighting) {
        Transaction.run(database, tx -> {
            var changed = tx.update(
                    "update build_sighting set until_at = ?, is_current = ?"
                            + " where gateway = ? and stream = ? and from_at = ?",
                    sighting.until(),
                    sighting.current(),
                    sighting.gateway().value(),
                    sighting.stream().value(),
                    sighting.from());
            if (changed == 0) {
                insert(tx, sighting);
            }
            return sighting;
        });
    }

    private static void insert(Transaction tx, Sighting sighting) throws SQLException {
        tx.update(
                "insert into build_sighting (gateway, site, stream, model, build, from_at, until_at, is_current)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                sighting.gateway().value(),
                sighting.site().value(),
                sighting.stream().value(),
                sighting.model().value(),
                sighting.build().value(),
                sighting.from(),
                sighting.until(),
                sighting.current());
    }

    @Override
    public List<Sighting> current() {
        return sightings(ALL + " where is_current = true");
    }

    @Override
    public List<Sighting> of(Digest build) {
        return sightings(ALL + " where build = ? order by is_current desc, until_at desc, gateway", build.value());
    }

    @Override
    public List<Sighting> at(GatewayId gateway, Instant moment) {
        return sightings(
                ALL + " where gateway = ? and from_at = (select max(t.from_at) from build_sighting t"
                        + " where t.gateway = s.gateway and t.stream = s.stream and t.from_at <= ?)"
                        + " and (s.is_current = true or s.until_at > ?) order by stream",
                gateway.value(),
                moment,
                moment);
    }

    @Override
    public List<Sighting> between(GatewayId gateway, Instant from, Instant to) {
        return sightings(
                ALL
                        + " where gateway = ? and from_at < ? and (is_current = true or until_at > ?) order by stream, from_at",
                gateway.value(),
                to,
                from);
    }

    private List<Sighting> sightings(String sql, Object... values) {
        return Transaction.run(database, tx -> tx.query(sql, SqlSightingStore::sighting, values));
    }

    private static Sighting sighting(ResultSet row) throws SQLException {
        return new Sighting(
                new GatewayId(row.getString(1)),
                new SiteId(row.getString(2)),
                new StreamId(row.getString(3)),
                new ModelName(row.getString(4)),
                new Digest(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getBoolean(8));
    }
}
