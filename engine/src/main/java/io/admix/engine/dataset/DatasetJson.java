package io.admix.engine.dataset;

import io.admix.catalog.Dataset;
import io.admix.catalog.Distribution;
import io.admix.files.Scanner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Datasets as JSON, the same through every door. */
public final class DatasetJson {
  private static final int LONG_BITS = 62;

  private DatasetJson() {}

  /** What is told of a dataset wherever it is named. */
  public static ObjectNode dataset(Dataset dataset) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", dataset.id())
        .put("name", dataset.name())
        .put("path", dataset.path())
        .put("type", dataset.type())
        .put("files", dataset.files())
        .put("bytes", dataset.bytes());
  }

  /** What was left out when a folder was read. */
  public static ObjectNode skipped(Scanner.Skipped skipped) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("symlinks", skipped.symlinks())
        .put("special", skipped.special())
        .put("undecodable", skipped.undecodable())
        .put("own", skipped.own())
        .put("changed", skipped.changed());
  }

  /** Puts how the files are spread into an answer: by label, size and month. */
  public static void putDistribution(ObjectNode answer, Distribution distribution) {
    ObjectNode labels = answer.putObject("labels");
    distribution
        .labels()
        .forEach((label, values) -> {
          ObjectNode counts = labels.putObject(label);
          values.forEach(counts::put);
        });
    answer
        .put("otherValues", distribution.otherValues())
        .put("unlabelled", distribution.unlabelled());
    ArrayNode sizes = answer.putArray("sizes");
    long[] counts = distribution.sizes();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sizes.addObject().put("below", below(i)).put("files", counts[i]);
      }
    }
    ObjectNode months = answer.putObject("months");
    distribution.months().forEach(months::put);
    answer.put("oldest", text(distribution.oldest())).put("newest", text(distribution.newest()));
  }

  /** The classes of sizes that a distribution counts: class i is below so many bytes. */
  public static long below(int sizeClass) {
    return 1L << Math.min(sizeClass, LONG_BITS);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
