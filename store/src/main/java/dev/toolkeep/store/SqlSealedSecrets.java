package dev.toolkeep.store;

import dev.toolkeep.vault.SealedSecret;
import dev.toolkeep.vault.SealedSecrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/// The table `sealed_secrets`.
final class SqlSealedSecrets implements SealedSecrets {
    private final SqlConnections connections;

    SqlSealedSecrets(SqlConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<SealedSecret> all() {
        return connections.read(handle -> handle
                .createQuery("select name, granted_to, ciphertext, created from sealed_secrets")
                .map((row, context) -> secret(row))
                .stream()
                .sorted(Comparator.comparing(SealedSecret::name).thenComparing(SealedSecret::grant))
                .toList());
    }

    @Override
    public void save(SealedSecret secret) {
        connections.write(handle -> handle.createUpdate("""
                        insert into sealed_secrets (name, granted_to, ciphertext, created)
                        values (:name, :grant, :ciphertext, :created)
                        on conflict (name, granted_to) do update set
                            ciphertext = excluded.ciphertext, created = excluded.created""")
                .bind("name", SqlValues.text(secret.name()))
                .bind("grant", SqlValues.text(secret.grant()))
                .bind("ciphertext", Base64.getEncoder().encodeToString(secret.ciphertext()))
                .bind("created", secret.created().toEpochMilli())
                .execute());
    }

    @Override
    public void remove(String name, String grant) {
        connections.write(
                handle -> handle.createUpdate("delete from sealed_secrets where name = :name and granted_to = :grant")
                        .bind("name", name)
                        .bind("grant", grant)
                        .execute());
    }

    private static SealedSecret secret(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return SqlRow.readable(
                "secret " + name,
                () -> new SealedSecret(
                        name,
                        row.getString("granted_to"),
                        Base64.getDecoder().decode(row.getString("ciphertext")),
                        SqlValues.instant(row.getLong("created"))));
    }
}
