package io.admix.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real file systems for tests: images on loop devices, tmpfs, binds and overlays below a folder of
 * its own. Whatever becomes of the test, all are unmounted and removed after it, and a file that
 * was left open on one of them fails it. What this machine cannot mount is an unmet assumption that
 * names what is missing.
 */
public final class Mounts implements AfterEachCallback, AfterAllCallback {
  /** What mount(8) says where rights or kernel lack something; anything else is a failure. */
  private static final List<String> CANNOT =
      List.of(
          "permission denied",
          "not permitted",
          "must be superuser",
          "wrong fs type",
          "unknown filesystem type",
          "failed to setup loop",
          "fuse device not found");

  private final boolean perClass;
  private final Deque<Path> mounted = new ArrayDeque<>();
  private Path folder;
  private int made;

  private Mounts(boolean perClass) {
    this.perClass = perClass;
  }

  /** Unmounted after each test; registered in a field of the test. */
  public static Mounts perTest() {
    return new Mounts(false);
  }

  /** Unmounted after all tests of the class; registered in a static field. */
  public static Mounts perClass() {
    return new Mounts(true);
  }

  /** Where images and mount points lie. Asking for it asks for root. */
  public Path folder() throws IOException {
    if (folder == null) {
      Tools.requireRoot("to mount file systems");
      folder = Files.createTempDirectory("admix-mounts").toRealPath();
      Runtime.getRuntime().addShutdownHook(new Thread(this::endQuietly));
    }
    return folder;
  }

  /** A new file system in an image of so many bytes ({@code 16M}), not mounted yet. */
  public Path image(String type, String size, String... options) throws IOException {
    return image(folder().resolve("image" + made++), type, size, options);
  }

  /** A new file system in {@code image}. */
  public Path image(Path image, String type, String size, String... options) throws IOException {
    Tools.require("mkfs." + type);
    Tools.run("truncate", "-s", size, image.toString());
    List<String> make = new ArrayList<>(List.of("mkfs." + type, "-q"));
    make.addAll(type.equals("ext4") ? List.of("-F", "-m", "0") : List.of("-f"));
    make.addAll(List.of(options));
    make.add(image.toString());
    Tools.run(make.toArray(String[]::new));
    return image;
  }

  /** Makes a file system and mounts it with no special options. */
  public Path disk(String type, String size, String... options) throws IOException {
    return loop(image(type, size, options), "defaults");
  }

  /** Mounts an image at a new place. */
  public Path loop(Path image, String options) throws IOException {
    Path point = point();
    loopAt(point, image, options);
    return point;
  }

  /** Mounts an image at {@code point}, below {@link #folder}. */
  public void loopAt(Path point, Path image, String options) {
    mount(point, "-o", "loop," + options, image.toString(), point.toString());
  }

  public Path tmpfs(String options) throws IOException {
    Path point = point();
    mount(point, "-t", "tmpfs", "-o", options, "admix-test", point.toString());
    return point;
  }

  /** Another mount of the same folder. */
  public Path bind(Path source) throws IOException {
    Path point = point();
    mount(point, "--bind", source.toString(), point.toString());
    return point;
  }

  /** An overlay over {@code lower}; {@code upper} is a folder on the file system of its upper. */
  public Path overlay(Path lower, Path upper, String more) throws IOException {
    Path point = point();
    Path data = Files.createDirectories(upper.resolve("upper"));
    Path work = Files.createDirectories(upper.resolve("work"));
    String options =
        "lowerdir=%s,upperdir=%s,workdir=%s%s"
            .formatted(lower, data, work, more.isEmpty() ? "" : "," + more);
    mount(point, "-t", "overlay", "-o", options, "admix-test", point.toString());
    return point;
  }

  /** A mount by a program of its own, as FUSE has them: {@code program… POINT}. */
  public Path mountedBy(String... program) throws IOException {
    Tools.require(program[0]);
    Path point = point();
    List<String> command = new ArrayList<>(List.of(program));
    command.add(point.toString());
    accept(point, Tools.call(command.toArray(String[]::new)), command.toString());
    return point;
  }

  public void remount(Path point, String options) {
    Tools.run("mount", "-o", "remount," + options, point.toString());
  }

  /** Fails when a file is still open below it. */
  public void unmount(Path point) {
    mounted.remove(point);
    letGoOfMappings(point);
    Tools.Answer answer = Tools.call("umount", point.toString());
    if (answer.code() != 0) {
      List<String> open = openBelow(point);
      Tools.call("umount", "-l", point.toString());
      throw new AssertionError(
          "%s could not be unmounted: %s; this process left open: %s"
              .formatted(point, answer.text(), open));
    }
  }

  /** A mapped file is closed only when its buffer is collected. */
  private static void letGoOfMappings(Path point) {
    try {
      Path maps = Path.of("/proc/self/maps");
      for (int i = 0; i < 100 && Files.readString(maps).contains(point + "/"); i++) {
        System.gc();
        LockSupport.parkNanos(10_000_000);
      }
    } catch (IOException e) {
      throw new AssertionError("/proc/self/maps cannot be read", e);
    }
  }

  private Path point() throws IOException {
    return Files.createDirectory(folder().resolve("mount" + made++));
  }

  private void mount(Path point, String... arguments) {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    accept(point, Tools.call(command.toArray(String[]::new)), String.join(" ", command));
  }

  private void accept(Path point, Tools.Answer answer, String command) {
    if (answer.code() == 0) {
      mounted.push(point);
      return;
    }
    String text = answer.text().toLowerCase(java.util.Locale.ROOT);
    assumeTrue(
        CANNOT.stream().noneMatch(text::contains),
        "this kernel or container refuses '%s': %s".formatted(command, answer.text()));
    throw new AssertionError(command + ": " + answer.text());
  }

  private static List<String> openBelow(Path point) {
    List<String> open = new ArrayList<>();
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : handles.toList()) {
        if (Files.isSymbolicLink(handle)) {
          String file = Files.readSymbolicLink(handle).toString();
          if (file.startsWith(point + "/") || file.equals(point.toString())) {
            open.add(file);
          }
        }
      }
    } catch (IOException e) {
      open.add("unknown: " + e.getMessage());
    }
    return open;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (!perClass) {
      end();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    end();
  }

  private synchronized void end() throws IOException {
    List<Throwable> failures = new ArrayList<>();
    while (!mounted.isEmpty()) {
      try {
        unmount(mounted.peek());
      } catch (AssertionError e) {
        failures.add(e);
      }
    }
    removeFolder();
    if (!failures.isEmpty()) {
      throw (AssertionError) failures.getFirst();
    }
  }

  /** Nothing is removed through a mount that may still be there. */
  private void removeFolder() throws IOException {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    if (Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + folder + "/")) {
      throw new IOException("something is still mounted below " + folder);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    folder = null;
    made = 0;
  }

  private void endQuietly() {
    try {
      end();
    } catch (IOException | AssertionError e) {
      System.err.println("test mounts: " + e.getMessage());
    }
  }
}
