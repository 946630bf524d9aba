package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Mounts;
import io.admix.files.Tools;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An ext4 whose device is a file on an xfs: sharing its blocks with another file takes an image of
 * one instant, as a power loss leaves it, however busy it is. Admix runs on it as a process that
 * sees another boot id than this one, so that whoever goes on with an image finds himself after a
 * reboot.
 */
final class PowerLossDisk implements AutoCloseable {
  private static final int FILES = 1_200;
  private static final int FOLDERS = 40;
  private static final int BYTES_MAX = 12_000;
  private static final int GAP_MS = 25;
  private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

  /** No commit by the clock: what was not synced is lost for sure. */
  private static final String OPTIONS = "commit=300";

  private final Mounts mounts;
  private final Path folder;
  private final Path store;
  private final Path device;
  private final Path point;
  private final Home home;
  private final Mix mix;
  private final List<SourceFacts> before;
  private final List<Path> images = new ArrayList<>();
  private boolean mounted;

  /**
   * What the disk holds at one instant.
   *
   * @param seen what was seen just before it was taken
   */
  record Image(Path file, long milliseconds, Stage seen) {
    @Override
    public String toString() {
      return "image after %d ms, %s".formatted(milliseconds, seen);
    }
  }

  enum Stage {
    NOTHING,
    STAGING,
    FINAL_NAME,
    /** The process ended with 0. */
    END
  }

  PowerLossDisk(Mounts mounts, Path folder, LinkMethod method) throws Exception {
    this.mounts = mounts;
    this.folder = folder;
    this.store = mounts.disk("xfs", "1G", "-m", "reflink=1");
    this.device = mounts.image(store.resolve("device"), "ext4", "128M", "-E", "lazy_itable_init=0");
    this.point = mounts.loop(device, OPTIONS);
    this.mounted = true;
    makeSources();
    Files.createDirectory(point.resolve("out"));
    this.mix = Mix.of("mix", folder, point.resolve("out/mix"), method, point.resolve("a"));
    this.home = Home.sqlite(Files.createDirectory(point.resolve("home")));
    this.before = PublishedMix.factsOf(mix);
    Tools.run("sync", "-f", point.toString());
  }

  Home home() {
    return home;
  }

  Mix mix() {
    return mix;
  }

  List<SourceFacts> before() {
    return before;
  }

  private void makeSources() throws IOException {
    Random bytes = new Random(1);
    for (int i = 0; i < FILES; i++) {
      Path file = point.resolve("a/d" + i % FOLDERS + "/f" + i);
      Files.createDirectories(file.getParent());
      byte[] content = new byte[1 + bytes.nextInt(BYTES_MAX)];
      bytes.nextBytes(content);
      Files.write(file, content);
    }
  }

  /** Runs the mix to its end and gives so many images, the last one taken after the end. */
  List<Image> imagesOfRun(Random random, int wanted) throws Exception {
    Map<Stage, List<Image>> taken = new EnumMap<>(Stage.class);
    Arrays.stream(Stage.values()).forEach(stage -> taken.put(stage, new ArrayList<>()));
    long start = System.nanoTime();
    try (RealProcess process = start(List.of())) {
      while (!process.waitFor(random.nextInt(GAP_MS))) {
        if (random.nextBoolean()) {
          writeBackCatalogue();
        }
        Image image = take(start, stage());
        taken.get(image.seen).add(image);
      }
      assertThat(process.waitFor()).as(process.err()).isZero();
      taken.get(Stage.END).add(take(start, Stage.END));
      stop();
    }
    return chosen(random, wanted, taken);
  }

  /**
   * The one after the end, then the stages in turn, the busy ones first: what was seen before
   * staging stood says little.
   */
  private static List<Image> chosen(Random random, int wanted, Map<Stage, List<Image>> taken) {
    List<Image> chosen = new ArrayList<>(taken.get(Stage.END));
    List<Stage> turns =
        List.of(Stage.STAGING, Stage.STAGING, Stage.FINAL_NAME, Stage.STAGING, Stage.NOTHING);
    for (int i = 0; i < turns.size() && chosen.size() < wanted; i++) {
      List<Image> of = taken.get(turns.get(i));
      if (!of.isEmpty()) {
        chosen.add(of.remove(random.nextInt(of.size())));
      }
    }
    return chosen;
  }

  /** Runs the mix to its end, started by {@code prefix}, and takes one image at once. */
  Image imageAfterRun(List<String> prefix) throws Exception {
    long start = System.nanoTime();
    try (RealProcess process = start(prefix)) {
      int code = process.waitFor();
      Image image = take(start, Stage.END);
      assertThat(code).as(process.err()).isZero();
      stop();
      return image;
    }
  }

  private RealProcess start(List<String> prefix) throws IOException {
    Tools.require("unshare");
    Path bootId = folder.resolve("boot_id");
    Files.writeString(bootId, UUID.randomUUID() + "\n");
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
    command.add("mount --bind " + bootId + " " + BOOT_ID + " && exec \"$@\"");
    command.add("sh");
    command.addAll(prefix);
    return RealProcess.in(home, folder)
        .under(command)
        .run("run", mix.recipe().toString(), "-c", "admix.copy.batch-size=50");
  }

  /**
   * The kernel writes back what it likes at any time: here the catalogue, with the receipts, before
   * the files that they tell of.
   */
  private void writeBackCatalogue() throws IOException {
    for (String name : List.of("catalog.db-wal", "catalog.db")) {
      Path file = home.folder().resolve(name);
      if (Files.exists(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          channel.force(true);
        } catch (NoSuchFileException ended) {
          // The process removes its log when it ends.
        }
      }
    }
  }

  private Stage stage() throws IOException {
    if (Files.exists(mix.target())) {
      return Stage.FINAL_NAME;
    }
    try (Stream<Path> names = Files.list(mix.target().getParent())) {
      return names.findAny().isPresent() ? Stage.STAGING : Stage.NOTHING;
    }
  }

  private Image take(long start, Stage seen) throws IOException {
    Path file = store.resolve("image" + images.size());
    Tools.run("cp", "--reflink=always", device.toString(), file.toString());
    images.add(file);
    return new Image(file, (System.nanoTime() - start) / 1_000_000, seen);
  }

  /** Starts again with what an image holds: the journal is replayed, and nothing is to mend. */
  void start(Image image) {
    mount(image);
    stop();
    Tools.run("fsck.ext4", "-fn", image.file.toString());
    mount(image);
  }

  private void mount(Image image) {
    mounts.loopAt(point, image.file, OPTIONS);
    mounted = true;
  }

  void stop() {
    mounts.unmount(point);
    mounted = false;
  }

  /** A folder under its final name is whole, whatever the catalogue knows of it yet. */
  void checkWholeIfThere(String context) throws IOException {
    if (Files.exists(mix.target())) {
      checkWholeAndThere(context);
    }
  }

  void checkWholeAndThere(String context) throws IOException {
    assertThat(mix.target()).as(context).isDirectory();
    SortedMap<String, SourceFacts.Fact> made = SourceFacts.of(mix.target().resolve("a")).files();
    SortedMap<String, SourceFacts.Fact> model = before.getFirst().files();
    assertThat(made.keySet()).as(context).isEqualTo(model.keySet());
    made.forEach((path, fact) ->
        assertThat(fact.content()).as(path + ": " + context).isEqualTo(model.get(path).content()));
  }

  @Override
  public void close() throws IOException {
    if (mounted) {
      stop();
    }
    for (Path image : images) {
      Files.deleteIfExists(image);
    }
    Files.deleteIfExists(mix.recipe());
    mounts.unmount(store);
  }
}
