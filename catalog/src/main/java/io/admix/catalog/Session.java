package io.admix.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements, used by one thread at a time. Statements are kept by
 * their text; texts are constants, so their number is bounded.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final LongAdder executed;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection, Dialect dialect, LongAdder executed) {
    this.connection = connection;
    this.dialect = dialect;
    this.executed = executed;
  }

  Connection connection() {
    return connection;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Counts a statement that was executed beside this class. */
  void count() {
    executed.increment();
  }

  /** The statement of this text, prepared once. */
  PreparedStatement prepare(String template) throws SQLException {
    PreparedStatement known = statements.get(template);
    if (known == null) {
      known = connection.prepareStatement(dialect.render(template));
      statements.put(template, known);
    }
    return known;
  }

  /** Executes a change and tells the rows changed. */
  int update(String template, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(template);
    bind(statement, arguments);
    executed.increment();
    return statement.executeUpdate();
  }

  /** Executes a statement without arguments that is not kept. */
  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      executed.increment();
      statement.execute(dialect.render(sql));
    }
  }

  <T> List<T> list(String template, Mapper<T> mapper, @Nullable Object... arguments)
      throws SQLException {
    List<T> result = new ArrayList<>();
    PreparedStatement statement = prepare(template);
    bind(statement, arguments);
    executed.increment();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        result.add(mapper.map(rows));
      }
    }
    return result;
  }

  <T> Optional<T> first(String template, Mapper<T> mapper, @Nullable Object... arguments)
      throws SQLException {
    List<T> all = list(template, mapper, arguments);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
  }

  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Instant time -> dialect.bindTime(statement, index, time);
      case byte[] bytes -> statement.setBytes(index, bytes);
      default -> throw new IllegalArgumentException("no column holds " + value.getClass());
    }
  }

  @Override
  public void close() throws SQLException {
    statements.clear();
    connection.close();
  }

  /** Makes an object of the present row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }
}
