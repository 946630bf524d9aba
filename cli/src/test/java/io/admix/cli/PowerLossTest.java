package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.Mounts;
import io.admix.files.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power fails while a real process works: home, sources and target lie on one disk, of which
 * images are taken at random instants. What an image says was published is whole; everything else
 * goes on with the same command and gets whole. So many images as {@code -Dadmix.test.images=50}
 * says; another course with {@code -Dadmix.test.seed=…}.
 */
class PowerLossTest {
  private static final int IMAGES = Integer.getInteger("admix.test.images", 5);
  private static final int IMAGES_PER_RUN = 5;
  private static final long SEED = Long.getLong("admix.test.seed", System.nanoTime());

  @RegisterExtension final Mounts mounts = Mounts.perTest();
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = LinkMethod.class,
      names = {"HARDLINK", "COPY"})
  void thePowerFailsAtAnyInstant_whatWasPublishedIsWholeAndTheRestGoesOn(LinkMethod method)
      throws Exception {
    Random random = new Random(SEED + method.ordinal());
    int wanted = method == LinkMethod.COPY ? (IMAGES + 1) / 2 : IMAGES / 2;
    for (int done = 0; done < wanted; done += IMAGES_PER_RUN) {
      int now = Math.min(IMAGES_PER_RUN, wanted - done);
      try (PowerLossDisk disk = new PowerLossDisk(mounts, folder, method)) {
        List<PowerLossDisk.Image> images = disk.imagesOfRun(random, now);
        for (PowerLossDisk.Image image : images) {
          checkAfterPowerLoss(disk, image, "seed %d, %s, %s".formatted(SEED, method, image));
        }
      }
    }
  }

  private void checkAfterPowerLoss(PowerLossDisk disk, PowerLossDisk.Image image, String context)
      throws Exception {
    disk.start(image);
    disk.checkWholeIfThere(context);
    if (image.seen() == PowerLossDisk.Stage.END) {
      PublishedMix.check(disk.home(), disk.mix(), disk.before(), context);
    } else {
      PublishedMix.runAndCheck(disk.home(), disk.mix(), disk.before(), context);
    }
    disk.stop();
  }

  /** The proof that these images show a loss: calls that only say that they synced. */
  @ParameterizedTest
  @ValueSource(strings = {"syncfs", "fsync,fdatasync"})
  void withoutSyncing_theDamageIsSeen(String calls) throws Exception {
    Tools.require("strace");
    try (PowerLossDisk disk = new PowerLossDisk(mounts, folder, LinkMethod.COPY)) {
      PowerLossDisk.Image image =
          disk.imageAfterRun(
              List.of(
                  "strace",
                  "-f",
                  "-qq",
                  "-o",
                  "/dev/null",
                  "--seccomp-bpf",
                  "-e",
                  "trace=" + calls,
                  "-e",
                  "inject=" + calls + ":retval=0"));
      disk.start(image);
      assertThatThrownBy(() -> disk.checkWholeAndThere(calls)).isInstanceOf(AssertionError.class);
      disk.stop();
    }
  }
}
