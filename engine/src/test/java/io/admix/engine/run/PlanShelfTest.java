package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanShelfTest {
  @TempDir Path folder;

  private void put(PlanShelf shelf, String owner, int digit) throws Exception {
    Path sealed = Files.writeString(folder.resolve("sealed"), "plan");
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(100L - digit);
    shelf.put(sha256(digit), sealed, new PlanShelf.Note(owner, "dataset", at));
  }

  private static String sha256(int digit) {
    return Integer.toString(digit).repeat(64);
  }

  @Test
  void theOldestPlansOfAnOwner_makeRoomForHisNext_andNobodyElses() throws Exception {
    PlanShelf shelf = new PlanShelf(folder, Duration.ofDays(1));
    put(shelf, "ben", 0);
    for (int digit : List.of(3, 1, 2)) {
      put(shelf, "ann", digit);
    }
    shelf.makeRoom("ann", 4, "");
    assertThat(shelf.note(sha256(1))).as("there was room").isPresent();
    shelf.makeRoom("ann", 3, sha256(2));
    assertThat(shelf.note(sha256(1))).as("the next one is there already").isPresent();
    damageNotes();
    shelf.makeRoom("ann", 2, "");
    assertThat(shelf.note(sha256(1))).isEmpty();
    assertThat(shelf.note(sha256(2))).isEmpty();
    assertThat(shelf.note(sha256(3))).isPresent();
    assertThat(shelf.note(sha256(0))).as("ben's").isPresent();
    try (var left = Files.list(folder.resolve(PlanShelf.FOLDER))) {
      assertThat(left.count())
          .as("two plans with their notes, and three notes that say nothing")
          .isEqualTo(7);
    }
  }

  private void damageNotes() throws Exception {
    Path plans = folder.resolve(PlanShelf.FOLDER);
    Files.writeString(plans.resolve("a.note"), "never\ndataset\nann\n");
    Files.write(plans.resolve("b.note"), new byte[] {(byte) 0xff});
    Files.createDirectory(plans.resolve("c.note"));
  }
}
