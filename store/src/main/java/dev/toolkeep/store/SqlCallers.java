package dev.toolkeep.store;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The tables `callers` and `caller_keys`.
final class SqlCallers implements Callers {
    private final SqlConnections connections;

    SqlCallers(SqlConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<Caller> callers() {
        return connections.read(handle ->
                handle
                        .createQuery("select id, kind, roles, scopes from callers")
                        .map((row, context) -> caller(row))
                        .stream()
                        .sorted(Comparator.comparing(Caller::id))
                        .toList());
    }

    @Override
    public void save(Caller caller) {
        connections.write(handle -> handle.createUpdate("""
                        insert into callers (id, kind, roles, scopes) values (:id, :kind, :roles, :scopes)
                        on conflict (id) do update set
                            kind = excluded.kind, roles = excluded.roles, scopes = excluded.scopes""")
                .bind("id", caller.id())
                .bind("kind", caller.kind().name())
                .bind("roles", SqlValues.texts(caller.roles()))
                .bind("scopes", SqlValues.texts(caller.scopes()))
                .execute());
    }

    @Override
    public void remove(String callerId) {
        connections.write(handle -> handle.createUpdate("delete from callers where id = :id")
                .bind("id", callerId)
                .execute());
    }

    @Override
    public List<StoredKey> keys() {
        return connections.read(handle -> handle
                .createQuery("select id, caller, hmac, created, expires, revoked from caller_keys")
                .map((row, context) -> key(row))
                .stream()
                .sorted(Comparator.comparing(StoredKey::id))
                .toList());
    }

    @Override
    public void save(StoredKey key) {
        try {
            connections.write(handle -> handle.createUpdate("""
                            insert into caller_keys (id, caller, hmac, created, expires, revoked)
                            values (:id, :caller, :hmac, :created, :expires, :revoked)
                            on conflict (id) do update set
                                caller = excluded.caller, hmac = excluded.hmac, created = excluded.created,
                                expires = excluded.expires, revoked = excluded.revoked""")
                    .bind("id", SqlValues.text(key.id()))
                    .bind("caller", SqlValues.text(key.caller()))
                    .bind("hmac", SqlValues.text(key.hmac()))
                    .bind("created", key.created().toEpochMilli())
                    .bind("expires", SqlValues.millis(key.expires()))
                    .bind("revoked", SqlValues.millis(key.revoked()))
                    .execute());
        } catch (StoreUnusable e) {
            if (SqlFailures.missingParent(e)) {
                throw new IllegalStateException("there is no caller " + key.caller() + " to hold the key", e);
            }
            throw e;
        }
    }

    private static Caller caller(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return SqlRow.readable(
                "caller " + id,
                () -> new Caller(
                        id,
                        Caller.Kind.valueOf(row.getString("kind")),
                        new TreeSet<>(SqlValues.texts(row.getString("roles"))),
                        new TreeSet<>(SqlValues.texts(row.getString("scopes")))));
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getString("id"),
                row.getString("caller"),
                row.getString("hmac"),
                SqlValues.instant(row.getLong("created")),
                SqlValues.instant(row, "expires"),
                SqlValues.instant(row, "revoked"));
    }
}
