package io.admix.spark.source;

import io.admix.engine.RefusedException;
import io.admix.engine.export.CatalogExport;
import io.admix.engine.export.Exports;
import io.admix.engine.export.SpreadExport;
import io.admix.engine.export.SpreadMerge;
import io.admix.engine.export.SpreadRead;
import io.admix.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An export of a PostgreSQL catalogue that executors make, all in one snapshot that the driver
 * holds. Executors find user and password in their own environment (ADMIX_DB_USER,
 * ADMIX_DB_PASSWORD, or the files that hold them): no task, plan or log of Spark holds them.
 */
public final class PostgresExport {
  private PostgresExport() {}

  /**
   * Makes the export.
   *
   * @param settings of the driver
   * @param ids of datasets
   * @param folder new or empty, which all machines reach at this path
   */
  public static CatalogExport make(
      JavaSparkContext spark, Settings settings, List<String> ids, Path folder, long rowsPerPart)
      throws IOException, RefusedException {
    try (SpreadExport export =
        SpreadExport.begin(settings, ids, folder, Exports.Existing.KEEP, rowsPerPart)) {
      List<SpreadRead> reads = export.reads();
      List<SpreadRead.Done> read =
          values(
              spark
                  .parallelize(reads, reads.size())
                  .map(task -> Attempted.of(() -> task.run(SourcePart.scratch(), System.getenv())))
                  .collect());
      List<SpreadMerge> merges = export.merges(read);
      List<SpreadMerge.Done> merged =
          values(
              spark
                  .parallelize(merges, Math.max(1, merges.size()))
                  .map(task -> Attempted.of(task::run))
                  .collect());
      export.finish(read, merged);
    }
    return CatalogExport.open(folder);
  }

  private static <T> List<T> values(List<Attempted<T>> attempts) throws IOException {
    List<T> values = new ArrayList<>();
    for (Attempted<T> attempt : attempts) {
      values.add(attempt.get());
    }
    return values;
  }
}
