package io.admix.catalog;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Encoding;
import org.postgresql.core.QueryExecutor;

/**
 * Nanoseconds for one row written as text of PostgreSQL's COPY, without a server: what the driver
 * is given is counted and forgotten. It stands in the catalogue's package because the encoder is
 * nobody else's.
 *
 * <pre>
 * bench/bench.py jmh
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main CopyEncodingBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init")
public class CopyEncodingBenchmark {
  private static final int ROWS = 2_048;
  private static final Instant MODIFIED = Instant.ofEpochSecond(1_700_000_000L);

  /** Length of the paths. */
  @Param({"40", "120"})
  int path;

  private final PostgresDialect dialect = new PostgresDialect(ZoneId.of("UTC"));
  private Session session;
  private List<FileInsert> rows;
  private long bytes;

  /** Rows of one transaction. */
  @Setup
  public void rows() throws SQLException {
    session = new Session(connection(), dialect, new LongAdder());
    Ids.Block ids = Ids.block(ROWS);
    rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> row(ids.id(i), ("/mixes/m/%0" + (path - 14) + "d.java").formatted(i), i))
            .toList();
  }

  private static FileInsert row(String id, String path, long size) {
    return new FileInsert(id, path, size, MODIFIED, null, null, null, null, null, null);
  }

  /** All rows of one transaction. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long encode() throws SQLException {
    PostgresFileRows.insert(session, dialect, "dataset", rows, MODIFIED);
    return bytes;
  }

  /** A connection whose only ability is COPY into nothing. */
  private Connection connection() throws SQLException {
    CopyIn copy =
        fake(
            CopyIn.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "writeToCopy" -> {
                    bytes += arguments.length == 3 ? (int) arguments[2] : 1;
                    yield null;
                  }
                  case "isActive" -> false;
                  case "endCopy" -> 0L;
                  default -> null;
                });
    QueryExecutor executor = fake(QueryExecutor.class, (proxy, method, arguments) -> copy);
    CopyManager[] manager = new CopyManager[1];
    BaseConnection connection =
        fake(
            BaseConnection.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "unwrap" -> proxy;
                  case "getCopyAPI" -> manager[0];
                  case "getEncoding" -> Encoding.getDatabaseEncoding("UTF8");
                  case "getQueryExecutor" -> executor;
                  case "getAutoCommit" -> false;
                  default -> throw new UnsupportedOperationException(method.toString());
                });
    manager[0] = new CopyManager(connection);
    return connection;
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
