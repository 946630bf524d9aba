package io.admix.engine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Demo data: the same files every time, there whole, registered once. */
class DemoDataTest {
  @TempDir Path temporary;

  private Admix open() throws RefusedException {
    return Admix.open(
        SettingsLoader.load(
            new SettingsInput(
                temporary.resolve("home").toString(), null, List.of(), Map.of(), temporary)));
  }

  @Test
  void itIsMadeAndRegisteredForEachCaller_andASecondTimeItIsThere() throws Exception {
    Actor alice = Actor.of("alice");
    try (Admix admix = open()) {
      DemoData.Made first = admix.demoData().make(alice);
      for (Dataset made : first.made()) {
        Sources.watch(Path.of(made.path()));
      }
      assertThat(first.there()).isEmpty();
      assertThat(first.made())
          .extracting(Dataset::name)
          .containsExactly("demo-reviews", "demo-code", "demo-shapes");
      DemoData.Made again = admix.demoData().make(alice);
      assertThat(again.made()).isEmpty();
      assertThat(again.there()).isEqualTo(first.made());
      DemoData.Made bobs = admix.demoData().make(Actor.of("bob"));
      assertThat(bobs.made()).hasSize(3);
      assertThat(bobs.made().getFirst().path()).isEqualTo(first.made().getFirst().path());
      assertThat(
              admix
                  .sharedDatasets()
                  .show(alice, "demo-reviews")
                  .distribution()
                  .labels()
                  .get("folder"))
          .isEqualTo(Map.of("positive", 90L, "neutral", 45L, "negative", 45L));
    }
  }

  @Test
  void theFilesAreTheSameEveryTime_andPicturesAreReadable() throws Exception {
    Path killed = Files.createDirectories(temporary.resolve("one/.admix-demo-code/python"));
    Files.writeString(killed.resolve("half.py"), "of a process that was killed");
    for (DemoSet set : DemoSet.values()) {
      Path one = DemoFiles.make(set, temporary.resolve("one"));
      Path two = DemoFiles.make(set, temporary.resolve("two"));
      assertThat(contents(one)).isEqualTo(contents(two)).hasSizeGreaterThan(90);
      assertThat(DemoFiles.make(set, temporary.resolve("one"))).isEqualTo(one);
    }
    try (Stream<Path> left = Files.list(temporary.resolve("one"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".admix-demo.lock", "demo-reviews", "demo-code", "demo-shapes");
    }
    assertThat(
            ImageIO.read(temporary.resolve("one/demo-shapes/circle/circle-001.png").toFile())
                .getWidth())
        .isBetween(48, 128);
  }

  private static Map<String, Integer> contents(Path folder) throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        int hash =
            java.util.Arrays.hashCode(Files.readAllBytes(file))
                ^ Files.getLastModifiedTime(file).hashCode();
        contents.put(folder.relativize(file).toString(), hash);
      }
    }
    return contents;
  }
}
