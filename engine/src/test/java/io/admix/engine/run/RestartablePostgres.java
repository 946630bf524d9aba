package io.admix.engine.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of its own whose server can be stopped, killed and started again on its data. */
final class RestartablePostgres implements AutoCloseable {
  private final Path data;
  private EmbeddedPostgres server;
  private int port;

  RestartablePostgres(Path data) throws IOException {
    this.data = data;
    start();
    this.port = server.getPort();
  }

  int port() {
    return port;
  }

  /** Ends sessions at once, as an administrator's restart does. */
  void stop() throws IOException {
    server.close();
  }

  /** As a machine that runs out of memory does: no process of the server says good-bye. */
  void kill() throws Exception {
    Path pidFile = data.resolve("postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle parent = ProcessHandle.of(postmaster).orElseThrow();
    List<ProcessHandle> children = parent.children().toList();
    parent.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
    parent.onExit().get(30, TimeUnit.SECONDS);
    Files.delete(pidFile);
    server.close();
  }

  void start() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setLocaleConfig("encoding", "UTF8")
            .setServerConfig("synchronous_commit", "off");
    if (port != 0) {
      builder.setPort(port);
    }
    server = builder.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
