package io.admix.engine.run;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.files.FailureReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target: the bytes of a receipt, as they are and under a good seal; and results out of them.
 */
public final class ReceiptFuzz {
  private ReceiptFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Bounded.run(
        data.length,
        () -> {
          decode(data);
          decode(ReceiptDetails.sealed(data));
          encode(data);
        });
  }

  private static void decode(byte[] bytes) {
    ReceiptDetails details;
    try {
      details = ReceiptDetails.decode(bytes);
    } catch (DamagedReceiptException e) {
      require(e.getMessage().contains("receipt"), "words: %s", e.getMessage());
      return;
    }
    int results = 0;
    for (ReceiptDetails.Group group : details.groups()) {
      require(group.source() >= 0 && group.entries() > 0 && group.bytes() >= 0, "%s", group);
      results += group.entries();
    }
    require(results == details.results().size(), "%d results", details.results().size());
    List<PlanEntry> entries = entriesOf(details);
    if (entries != null) {
      ReceiptDetails again =
          ReceiptDetails.decode(ReceiptDetails.encode(entries, details.results()));
      require(again.results().equals(details.results()), "other results: %s", again);
    }
  }

  /** Entries that give the same groups; null when two groups of one source follow each other. */
  private static List<PlanEntry> entriesOf(ReceiptDetails details) {
    List<PlanEntry> entries = new ArrayList<>();
    int before = -1;
    for (ReceiptDetails.Group group : details.groups()) {
      if (group.source() == before) {
        return null;
      }
      before = group.source();
      for (int i = 0; i < group.entries(); i++) {
        entries.add(entry(group.source(), 0));
      }
    }
    return entries;
  }

  /** Results out of any bytes: 18 for each. */
  private static void encode(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    List<PlanEntry> entries = new ArrayList<>();
    List<EntryResult> results = new ArrayList<>();
    while (in.remaining() >= 26) {
      int source = in.get() & 3;
      int kind = in.get() & 0xFF;
      long inode = in.getLong();
      long size = in.getLong() >>> 1;
      long time = in.getLong();
      entries.add(entry(source, size >>> 12));
      results.add(
          kind < 16
              ? new EntryResult.Placed(LinkMethod.values()[kind % 4], inode, size, time)
              : kind < 32
                  ? new EntryResult.Failed(FailureReason.values()[kind % 8], "")
                  : EntryResult.Unused.INSTANCE);
    }
    if (entries.isEmpty()) {
      return;
    }
    byte[] encoded = ReceiptDetails.encode(entries, results);
    require(ReceiptDetails.decode(encoded).results().equals(results), "%s", results);
    encoded[(data[0] & 0xFF) % encoded.length] ^= (byte) (data[1] | 1);
    try {
      ReceiptDetails.decode(encoded);
      throw new AssertionError("accepted though damaged: " + Arrays.toString(encoded));
    } catch (DamagedReceiptException expected) {
      require(expected.getMessage() != null, "without words");
    }
  }

  private static PlanEntry entry(int source, long size) {
    return new PlanEntry(source, "", "f", "", "f", size, PlanEntry.Seen.NOTHING, null);
  }
}
