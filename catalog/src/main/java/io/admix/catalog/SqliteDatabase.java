package io.admix.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One connection that writes, and as many that read as there are readers at once (up to four are
 * kept). SQLite admits one writer: transactions begin IMMEDIATE, so that two processes wait for one
 * another rather than fail when they come to write.
 */
final class SqliteDatabase implements Database {
  /**
   * Measured: 8 KiB pages write rows 5 % faster than 4 KiB; 16 KiB gains nothing more. Only a new
   * file takes it.
   */
  private static final int PAGE_BYTES = 8_192;

  /**
   * Pages of write-ahead log between checkpoints: 64 MiB. A checkpoint syncs the file, and where the
   * mix lies on the same file system every link waits for that.
   */
  private static final int CHECKPOINT_PAGES = 8_000;

  private static final int CACHE_KIB = 32_000;

  /**
   * Rows are appended, so that what was written is not read again: with a cache of 32 MB a row
   * costs a tenth more, since its page is memory that was never touched before.
   */
  private static final int WRITER_CACHE_KIB = 8_000;

  private static final int READERS_KEPT_MAX = 4;
  private static final long UNKNOWN = -1;
  private static final Pattern BUSY_TIMEOUT = Pattern.compile("[?&]busy_timeout=(\\d{1,7})");

  private final SqliteDialect dialect = new SqliteDialect();
  private final LongAdder executed = new LongAdder();
  private final String url;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedDeque<Session> readers = new ConcurrentLinkedDeque<>();
  private final AtomicInteger readersKept = new AtomicInteger();
  private @Nullable Session writer;
  private boolean discard;
  private volatile boolean closed;

  SqliteDatabase(String url) {
    this.url = url;
  }

  /** The database's file, or null for one in memory. */
  static @Nullable Path file(String url) {
    String rest = url.substring("jdbc:sqlite:".length());
    int query = rest.indexOf('?');
    String file = query < 0 ? rest : rest.substring(0, query);
    return file.isEmpty() || file.startsWith(":") ? null : Path.of(file);
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public long statements() {
    return executed.sum();
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    try {
      Session reader = borrow();
      try {
        return work.in(reader);
      } finally {
        giveBack(reader);
      }
    } catch (SQLException fault) {
      throw Faults.of(fault);
    }
  }

  /** Notes on the way whether there is anything to carry over, see {@link BareDatasets}. */
  @Override
  public ScanSummary scan(
      Dataset dataset, Set<Datasets.Column> columns, Datasets.RowVisitor visitor) {
    long version = versionNow();
    boolean[] carries = {dataset.kind() == Dataset.Kind.FOREIGN};
    ScanSummary summary =
        read(session -> Scan.run(session, dataset, columns, visitor, carries[0] ? null : carries));
    dialect.bare().seen(dataset.id(), version, carries[0] || version == UNKNOWN);
    return summary;
  }

  /** Who only reads waits for nobody that writes: then it is not known. */
  private long versionNow() {
    if (!writing.tryLock()) {
      return UNKNOWN;
    }
    try {
      return BareDatasets.version(writer());
    } catch (SQLException fault) {
      return UNKNOWN;
    } finally {
      writing.unlock();
    }
  }

  private Session borrow() throws SQLException {
    if (closed) {
      throw new CatalogException("The catalogue is closed.");
    }
    Session kept = readers.pollFirst();
    if (kept != null) {
      readersKept.decrementAndGet();
      return kept;
    }
    return new Session(connect(), dialect, executed);
  }

  private void giveBack(Session reader) throws SQLException {
    if (closed || readersKept.incrementAndGet() > READERS_KEPT_MAX) {
      readersKept.decrementAndGet();
      reader.close();
      return;
    }
    readers.addFirst(reader);
  }

  @Override
  public <T extends @Nullable Object> T write(Durability durability, Work<T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction within a transaction");
    }
    writing.lock();
    try {
      Session session = writer();
      return durability == Durability.POWER_LOSS ? durably(session, work) : transact(session, work);
    } catch (SQLException fault) {
      throw Faults.of(fault);
    } finally {
      if (discard) {
        discardWriter();
      }
      writing.unlock();
    }
  }

  private Session writer() throws SQLException {
    if (closed) {
      throw new CatalogException("The catalogue is closed.");
    }
    if (writer == null) {
      Session opened = new Session(connect(), dialect, executed);
      opened.execute("PRAGMA cache_size=-" + WRITER_CACHE_KIB);
      writer = opened;
    }
    return writer;
  }

  /** In WAL mode FULL syncs the log at the commit, and with it every commit before. */
  private <T extends @Nullable Object> T durably(Session session, Work<T> work)
      throws SQLException {
    session.execute("PRAGMA synchronous=FULL");
    try {
      return transact(session, work);
    } finally {
      if (!discard) {
        session.execute("PRAGMA synchronous=NORMAL");
      }
    }
  }

  private <T extends @Nullable Object> T transact(Session session, Work<T> work)
      throws SQLException {
    session.prepare("BEGIN IMMEDIATE").execute();
    T result;
    try {
      result = work.in(session);
    } catch (SQLException | RuntimeException | Error fault) {
      rollBack(session, fault);
      throw fault;
    }
    try {
      session.prepare("COMMIT").execute();
    } catch (SQLException fault) {
      rollBack(session, fault);
      throw Faults.ofCommit(fault);
    }
    return result;
  }

  /**
   * A full or failing disk can keep even ROLLBACK from ending the transaction: closing the
   * connection does, and the next step opens another.
   */
  private void rollBack(Session session, Throwable reason) {
    try {
      session.prepare("ROLLBACK").execute();
    } catch (SQLException second) {
      reason.addSuppressed(second);
      discard = true;
    }
  }

  private void discardWriter() {
    Session broken = writer;
    discard = false;
    writer = null;
    dialect.bare().forget();
    try {
      if (broken != null) {
        broken.close();
      }
    } catch (SQLException unclosed) {
      // Nothing more can be done with it; it is not used again.
    }
  }

  /** A new connection with the settings that every connection needs. */
  Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(busyMillis());
    config.setCacheSize(-CACHE_KIB);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    Connection connection = config.createConnection(url);
    try (Statement first = connection.createStatement()) {
      // In this order: turning the log on writes the first page of a new file, and with it its
      // size.
      first.execute("PRAGMA page_size=" + PAGE_BYTES);
      first.execute("PRAGMA journal_mode=WAL");
      return connection;
    } catch (SQLException fault) {
      connection.close();
      throw fault;
    }
  }

  /** The driver lets the settings of the program win over the URL's: here the URL wins. */
  private int busyMillis() {
    Matcher given = BUSY_TIMEOUT.matcher(url);
    return given.find() ? Integer.parseInt(given.group(1)) : (int) LOCK_PATIENCE.toMillis();
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      for (Session reader = readers.pollFirst(); reader != null; reader = readers.pollFirst()) {
        reader.close();
      }
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } catch (SQLException fault) {
      throw Faults.of(fault);
    } finally {
      writing.unlock();
    }
  }
}
