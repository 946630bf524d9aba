package io.admix.engine.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that owns a folder below a state folder, until it is killed. */
final class DyingOwner implements AutoCloseable {
  private final Process process;

  private DyingOwner(Process process) {
    this.process = process;
  }

  /** Returns when the folder is there, with a file in it. */
  static DyingOwner of(Path stateDir, String name, String database) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classPath(),
                DyingOwner.class.getName(),
                stateDir.toString(),
                name,
                database)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    if (!"ready".equals(out.readLine())) {
      process.destroyForcibly();
      throw new IOException("the owner could not be started");
    }
    return new DyingOwner(process);
  }

  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire == null ? System.getProperty("java.class.path") : surefire;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] args) throws Exception {
    OwnedFolder own = OwnedFolder.make(Path.of(args[0]), args[1], args[2]);
    Files.writeString(own.path().resolve("spool"), "spool");
    System.out.println("ready");
    System.in.read();
  }
}
