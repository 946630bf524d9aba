package io.admix.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** The guard fails every test that spoils its sources, and lets the others pass. */
class SourceGuardTest {
  private static Sources.Change body = () -> {};
  private static Path source;
  private static Path home;

  /** Runs {@link #body} on a watched source of two files. */
  static class Guarded {
    @TempDir Path folder;

    @Test
    void spoils() throws Exception {
      source = Files.createDirectories(folder.resolve("data/a"));
      home = Files.createDirectories(folder.resolve("home/state/task"));
      Files.writeString(source.resolve("one"), "bytes");
      Files.writeString(source.resolve("two"), "more");
      Sources.watch(source);
      body.make();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void aSpoiltSource_failsItsTest(String what, String told, Sources.Change damage) {
    assertThat(failureOf(damage)).as(what).contains(told);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of("bytes", "one: bytes was", (Sources.Change) SourceGuardTest::otherBytes),
        Arguments.of("bytes of another length", "one: size was 5, is 6", append()),
        Arguments.of(
            "name",
            "one is gone",
            (Sources.Change) () -> Files.move(source.resolve("one"), source.resolve("three"))),
        Arguments.of(
            "mode",
            "one: mode was",
            (Sources.Change)
                () ->
                    Files.setPosixFilePermissions(
                        source.resolve("one"), PosixFilePermissions.fromString("rwx------"))),
        Arguments.of("time", "one: lastModifiedTime was", (Sources.Change) () -> touch("one")),
        Arguments.of(
            "time of the folder", "a: lastModifiedTime was", (Sources.Change) () -> touch("")),
        Arguments.of(
            "deleted", "two is gone", (Sources.Change) () -> Files.delete(source.resolve("two"))),
        Arguments.of(
            "added",
            "new is new",
            (Sources.Change) () -> Files.writeString(source.resolve("new"), "x")),
        Arguments.of(
            "replaced by an equal file",
            "one: ino was",
            (Sources.Change) SourceGuardTest::replace));
  }

  private static Sources.Change append() {
    return () ->
        Files.writeString(source.resolve("one"), "!", java.nio.file.StandardOpenOption.APPEND);
  }

  private static void touch(String name) throws Exception {
    Files.setLastModifiedTime(
        source.resolve(name), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
  }

  private static void otherBytes() throws Exception {
    Path file = source.resolve("one");
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, "BYTES");
    Files.setLastModifiedTime(file, before);
  }

  private static void replace() throws Exception {
    Path file = source.resolve("one");
    FileTime before = Files.getLastModifiedTime(file);
    Path other = Files.writeString(source.resolve("other"), "bytes");
    Files.setLastModifiedTime(other, before);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void anotherOwner_failsItsTest(@TempDir Path folder) throws Exception {
    assumeTrue(
        ((Integer) Files.getAttribute(folder, "unix:uid")) == 0, "only root may give files away");
    assertThat(failureOf(() -> Files.setAttribute(source.resolve("one"), "unix:uid", 12345)))
        .contains("one: uid was 0, is 12345");
  }

  @Test
  void anAttributeThatIsGone_failsItsTest(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("user"),
        "the temporary folder keeps no user attributes");
    assertThat(
            failureOf(() -> {
              for (String name : new String[] {"one", "two"}) {
                UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(
                        source.resolve(name), UserDefinedFileAttributeView.class);
                for (String attribute : view.list()) {
                  view.delete(attribute);
                }
              }
            }))
        .contains("xattrs was {admix-test=");
  }

  @Test
  void anAttributeThatIsNew_failsItsTest(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("user"),
        "the temporary folder keeps no user attributes");
    assertThat(
            failureOf(() ->
                Files.getFileAttributeView(
                        source.resolve("two"), UserDefinedFileAttributeView.class)
                    .write("more", ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)))))
        .contains("two: xattrs was");
  }

  @Test
  void readingAndLinking_passes() {
    assertThat(
            failureOf(() -> {
              Files.readString(source.resolve("one"));
              Files.createLink(home.resolve("link"), source.resolve("one"));
              Files.createSymbolicLink(home.resolve("symlink"), source.resolve("two"));
            }))
        .isEmpty();
  }

  @Test
  void aChangeThatIsSaid_passes_andOthersBesideItDoNot() {
    Sources.Change said =
        () ->
            Sources.change(
                source.resolve("one"), () -> Files.writeString(source.resolve("one"), "mine"));
    assertThat(failureOf(said)).isEmpty();
    assertThat(
            failureOf(() -> {
              said.make();
              touch("two");
            }))
        .contains("two: lastModifiedTime was")
        .doesNotContain("one:");
    assertThat(
            failureOf(() -> {
              touch("one");
              said.make();
            }))
        .contains("one: lastModifiedTime was");
  }

  @Test
  void aPlanOverAFolderThatNobodyWatches_failsItsTest() {
    Sources.Change mixes =
        () -> {
          Path other = Files.createDirectories(home.resolve("../../../data/b").normalize());
          Files.writeString(other.resolve("x"), "x");
          Files.writeString(
              home.resolve("plan.jsonl"),
              "{\"admixPlan\":1,\"sources\":[{\"name\":\"a\",\"root\":\"%s\"},{\"name\":\"b\",\"root\":\"%s\"}]}\n"
                  .formatted(source, other));
        };
    assertThat(failureOf(mixes))
        .contains("sources that nobody watches")
        .contains("data/b")
        .doesNotContain("data/a");
  }

  /** The message with which a test of this body fails, or nothing when it passes. */
  private static String failureOf(Sources.Change change) {
    body = change;
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Guarded.class))
        .enableImplicitConfigurationParameters(true)
        .execute()
        .testEvents()
        .stream()
        .filter(Event.byType(EventType.FINISHED))
        .map(SourceGuardTest::message)
        .findFirst()
        .orElseThrow();
  }

  private static String message(Event finished) {
    return finished
        .getPayload(org.junit.platform.engine.TestExecutionResult.class)
        .flatMap(org.junit.platform.engine.TestExecutionResult::getThrowable)
        .map(Throwable::getMessage)
        .orElse("");
  }
}
