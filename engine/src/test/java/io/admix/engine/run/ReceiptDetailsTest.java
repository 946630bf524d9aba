package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.verify.MadeObject;
import io.admix.files.FailureReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiptDetailsTest {
  @Test
  void anObject_keepsItsEntityTagAndVersion() {
    for (MadeObject object :
        List.of(
            new MadeObject("\"0a\"", null, true, true),
            new MadeObject("\"0b-2\"", "v-1", true, false),
            new MadeObject("\"\u00e9\"", null, false, false))) {
      EntryResult made = EntryResult.Placed.ofObject(object, 1L << 40);
      assertThat(roundTrip(made)).isEqualTo(made);
    }
  }

  @Test
  void whatIsEncoded_isDecoded() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<PlanEntry> entries = new ArrayList<>();
    List<EntryResult> results = new ArrayList<>();
    for (int i = 0; i < 1024; i++) {
      entries.add(
          new PlanEntry(
              i / 400,
              "",
              "f" + i,
              "",
              "f" + i,
              random.nextInt(1000),
              PlanEntry.Seen.NOTHING,
              null));
      results.add(random(random));
    }
    ReceiptDetails decoded = ReceiptDetails.decode(ReceiptDetails.encode(entries, results));
    assertThat(decoded.results()).as("seed %d", seed).isEqualTo(results);
    assertThat(decoded.groups()).extracting(ReceiptDetails.Group::source).containsExactly(0, 1, 2);
    assertThat(decoded.groups())
        .extracting(ReceiptDetails.Group::entries)
        .containsExactly(400, 400, 224);
  }

  @Test
  void everyMethodAndReasonHasACode() {
    for (LinkMethod method : LinkMethod.values()) {
      assertThat(roundTrip(new EntryResult.Placed(method, Long.MAX_VALUE, 0, Long.MIN_VALUE)))
          .isEqualTo(new EntryResult.Placed(method, Long.MAX_VALUE, 0, Long.MIN_VALUE));
    }
    for (FailureReason reason : FailureReason.values()) {
      assertThat(roundTrip(new EntryResult.Failed(reason, "the table of failures has this")))
          .isEqualTo(new EntryResult.Failed(reason, ""));
    }
  }

  @Test
  void neighboursTakeFewBytes() {
    List<PlanEntry> entries = new ArrayList<>();
    List<EntryResult> results = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      entries.add(new PlanEntry(0, "", "f", "", "f", 4096, PlanEntry.Seen.NOTHING, null));
      results.add(
          new EntryResult.Placed(
              LinkMethod.HARDLINK,
              10_000_000 + i,
              4096,
              1_750_000_000_000_000_000L + i * 1_000_000L));
    }
    assertThat(ReceiptDetails.encode(entries, results).length).isLessThan(1000 * 10);
  }

  @Test
  void otherVersionsAndCutBytesAreRefused() {
    assertThatThrownBy(() -> ReceiptDetails.decode(new byte[] {3, 0, 0, 0, 0}))
        .isInstanceOf(DamagedReceiptException.class)
        .hasMessageContaining("version 3");
    byte[] whole =
        ReceiptDetails.encode(
            List.of(entry()), List.of(new EntryResult.Placed(LinkMethod.COPY, 1, 2, 3)));
    assertThatThrownBy(() -> ReceiptDetails.decode(Arrays.copyOf(whole, whole.length - 1)))
        .hasMessageContaining("cut short");
  }

  private static EntryResult roundTrip(EntryResult result) {
    return ReceiptDetails.decode(ReceiptDetails.encode(List.of(entry()), List.of(result)))
        .results()
        .getFirst();
  }

  private static PlanEntry entry() {
    return new PlanEntry(0, "", "f", "", "f", 1, PlanEntry.Seen.NOTHING, null);
  }

  private static EntryResult random(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EntryResult.Unused.INSTANCE;
      case 1 ->
          new EntryResult.Failed(
              FailureReason.values()[random.nextInt(FailureReason.values().length)], "");
      default ->
          new EntryResult.Placed(
              LinkMethod.values()[random.nextInt(4)],
              random.nextLong() >>> 1,
              random.nextLong() >>> 1,
              random.nextLong());
    };
  }
}
