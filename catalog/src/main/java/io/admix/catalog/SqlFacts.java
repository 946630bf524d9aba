package io.admix.catalog;

import java.sql.SQLException;
import java.util.Optional;

/** Facts over SQL. */
record SqlFacts(Database database) implements Facts {

  @Override
  public Optional<String> find(String name) {
    return database.read(session -> find(session, name));
  }

  @Override
  public String agree(String name, String value) {
    return database.write(
        Database.Durability.POWER_LOSS,
        session -> {
          session.update(
              "INSERT INTO {a}facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
              name,
              value);
          return find(session, name).orElse(value);
        });
  }

  private static Optional<String> find(Session session, String name) throws SQLException {
    return session.first(
        "SELECT value FROM {a}facts WHERE name = ?", row -> row.getString(1), name);
  }
}
