package io.admix.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database as DataMate leaves it, and what of its tables must never change. */
public final class DataMateForTests {
  /**
   * Columns, indexes, constraints, triggers and functions of all that stands in schema public. The
   * order of reading is fixed.
   */
  private static final String SHAPE =
      """
      SELECT * FROM (
        SELECT 'column ' || table_name || ' ' || ordinal_position || ' ' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' '
          || is_nullable || ' ' || coalesce(column_default, '') AS what FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
        UNION ALL SELECT 'function ' || proname || ' ' || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'relation ' || relkind::text || ' ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
      ) shape ORDER BY what COLLATE "C"
      """;

  private DataMateForTests() {}

  /** DataMate's tables, empty. */
  public static void makeTables(CatalogSettings settings) {
    execute(settings, resource("datamate-schema.sql"));
  }

  /** Its rows: names twice, NULLs, JSON null, tasks that a crash left. */
  public static void addRows(CatalogSettings settings) {
    execute(settings, resource("datamate-rows.sql"));
  }

  /** What stands in schema public, line by line. */
  public static List<String> shape(CatalogSettings settings) {
    return query(settings, SHAPE);
  }

  /** The first column of each row. */
  public static List<String> query(CatalogSettings settings, String sql) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect(settings);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    } catch (SQLException fault) {
      throw new IllegalStateException(sql, fault);
    }
  }

  public static void execute(CatalogSettings settings, String sql) {
    try (Connection connection = connect(settings);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException fault) {
      throw new IllegalStateException(sql, fault);
    }
  }

  private static Connection connect(CatalogSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  private static String resource(String name) {
    try (InputStream in = DataMateForTests.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
