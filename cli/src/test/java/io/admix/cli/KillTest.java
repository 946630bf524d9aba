package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Real processes, killed at random instants: exactly {@code -Dadmix.test.kills=500} of them, over
 * as many mixes as that takes. A mix that gets published before its next kill is compared with the
 * model, and the next one begins; what the last kill leaves is published by the same run and
 * compared too. Each mix has 2,000 files, in a run of more than twenty kills 20,000; the methods
 * and databases take turns. Another course with {@code -Dadmix.test.seed=…}.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("admix.test.kills", 6);
  private static final long SEED = Long.getLong("admix.test.seed", System.nanoTime());
  private static final int FILES = KILLS > 20 ? 10_000 : 2_000;
  private static final int FOLDERS = 200;

  /** Before this no process has come to Admix's own code. */
  private static final int STARTED_MS = 150;

  /** On a slow machine a mix might never be published, and all kills fall on it. */
  private static final int KILLS_OF_ONE_MIX = 8;

  private final Random random = new Random(SEED);
  private final Map<String, Integer> kills = new TreeMap<>();
  private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
  private final Map<LinkMethod, Place> places = new EnumMap<>(LinkMethod.class);

  /** About as long as a process takes that publishes a mix: kills fall anywhere in it. */
  private long lifeMs = 1_500;

  @TempDir Path folder;
  private SmallVolume volume;

  @AfterEach
  void unmount() throws Exception {
    if (volume != null) {
      Sources.release(volume.folder().resolve("a"));
      volume.close();
    }
  }

  /** What a kill met. */
  private enum Moment {
    PLANNING,
    PLACING,
    PUBLISHED
  }

  /** Where the mixes of a method are made, and out of what. */
  private record Place(Path folder, Path source, List<SourceFacts> before) {
    static Place of(Path folder, Path source) throws IOException {
      return new Place(folder, source, List.of(SourceFacts.of(source)));
    }
  }

  @Test
  void killedAtRandomInstants_everyMixIsPublishedWhole() throws Exception {
    Place here = Place.of(folder, makeSource(folder.resolve("a")));
    places.put(LinkMethod.HARDLINK, here);
    places.put(LinkMethod.COPY, here);
    addReflinks();
    Home postgres = Home.postgres(folder.resolve("postgres"));
    List<LinkMethod> methods = new ArrayList<>(places.keySet());
    int mixes = 0;
    for (int killed = 0; killed < KILLS; mixes++) {
      LinkMethod method = methods.get(mixes % methods.size());
      boolean isPostgres = mixes / methods.size() % 2 == 1;
      Path place = places.get(method).folder.resolve("mix-" + mixes);
      Home home = isPostgres ? postgres : Home.sqlite(folder.resolve("home-" + mixes));
      killed += killUntilPublished(home, method, place, KILLS - killed);
    }
    System.out.printf(
        "random kills: %d, over %d mixes of %d files; %s; %s; seed %d%n",
        kills.values().stream().mapToInt(i -> i).sum(), mixes, FILES, kills, moments, SEED);
    assertThat(kills.values().stream().mapToInt(i -> i).sum()).isEqualTo(KILLS);
  }

  /** The other methods need no mount, and are killed where this one cannot be had. */
  private void addReflinks() throws Exception {
    try {
      volume = SmallVolume.thatReflinks(folder.resolve("volume"));
      Path here = volume.folder();
      places.put(LinkMethod.REFLINK, Place.of(here, makeSource(here.resolve("a"))));
    } catch (TestAbortedException e) {
      System.out.println("random kills: none of reflinks: " + e.getMessage());
    }
  }

  /** Gives back how many processes it killed, at most {@code most}. */
  private int killUntilPublished(Home home, LinkMethod method, Path place, int most)
      throws Exception {
    Place from = places.get(method);
    Files.createDirectories(place);
    String name = place.getFileName().toString();
    Mix mix = Mix.of(name, place, place.resolve("out/mix"), method, from.source);
    int killed = 0;
    boolean isPublished = false;
    int mostOfThis = Math.min(most, KILLS_OF_ONE_MIX);
    while (!isPublished && killed < mostOfThis) {
      isPublished = endsBeforeItsKill(home, mix);
      if (!isPublished) {
        killed++;
        kills.merge(method + " on " + home.database(), 1, Integer::sum);
        moments.merge(momentOf(mix), 1, Integer::sum);
      }
    }
    if (!isPublished) {
      lifeMs = Math.min(10_000, lifeMs * 3 / 2);
    }
    PublishedMix.runAndCheck(
        home, mix, from.before, "seed %d, kill %s, %s".formatted(SEED, kills, mix));
    remove(place);
    return killed;
  }

  private boolean endsBeforeItsKill(Home home, Mix mix) throws Exception {
    long begin = System.nanoTime();
    try (RealProcess process =
        FastJava.in(home, mix.folder())
            .run("run", mix.recipe().toString(), "-c", "admix.copy.batch-size=100")) {
      if (process.waitFor(STARTED_MS + random.nextInt((int) lifeMs))) {
        assertThat(process.waitFor()).as("seed %d: %s", SEED, process.err()).isZero();
        lifeMs = Math.clamp((System.nanoTime() - begin) / 1_000_000, 500, 10_000);
        return true;
      }
      process.kill();
      return false;
    }
  }

  private Moment momentOf(Mix mix) throws IOException {
    if (Files.exists(mix.target())) {
      assertThat(count(mix.target())).as("seed %d, %s", SEED, mix).isEqualTo(FILES);
      return Moment.PUBLISHED;
    }
    return Files.exists(mix.target().getParent()) ? Moment.PLACING : Moment.PLANNING;
  }

  private static long count(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).count();
    }
  }

  private static Path makeSource(Path source) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = source.resolve("d" + i % FOLDERS + "/f" + i + ".txt");
      if (i < FOLDERS) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "file " + i);
    }
    Sources.watch(source);
    return source;
  }

  private static void remove(Path place) throws IOException {
    try (Stream<Path> walk = Files.walk(place)) {
      walk.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }
}
