package io.admix.spark.source;

import io.admix.catalog.Datasets.Column;
import io.admix.engine.export.CatalogExport;
import io.admix.engine.export.DamagedExportException;
import io.admix.engine.export.ExportPart;
import io.admix.engine.export.ExportedDataset;
import io.admix.engine.export.PartReader;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One part of an export: one task.
 *
 * @param folder of the export, the same on all machines
 * @param dataset the id of its dataset
 * @param number its place among the parts of its dataset, from 0 on
 */
public record SourcePart(String folder, String dataset, int number, ExportPart part)
    implements Serializable {

  /** All parts of these datasets, in the order of the datasets given and of their parts. */
  public static List<SourcePart> of(CatalogExport export, List<ExportedDataset> datasets) {
    List<SourcePart> parts = new ArrayList<>();
    for (ExportedDataset dataset : datasets) {
      for (int i = 0; i < dataset.parts().size(); i++) {
        parts.add(
            new SourcePart(export.folder().toString(), dataset.id(), i, dataset.parts().get(i)));
      }
    }
    return parts;
  }

  /** Parts as tasks: each a partition of its own. */
  public static JavaRDD<SourcePart> tasks(JavaSparkContext spark, List<SourcePart> parts) {
    return spark.parallelize(parts, Math.max(1, parts.size()));
  }

  /**
   * Opens the part on an executor.
   *
   * @throws DamagedExportException when this machine cannot reach the export, which names the
   *     machine, or the part is not as it was written
   */
  public PartReader open(Set<Column> columns) throws IOException {
    Path export = Path.of(folder);
    if (!Files.isDirectory(export)) {
      throw new DamagedExportException(
          "The executor on %s cannot reach the export %s: mount it there at this place. Nothing was made."
              .formatted(host(), export));
    }
    return PartReader.open(export, part, columns);
  }

  /** A folder of this executor for scratch files, where Spark keeps its own. */
  public static Path scratch() {
    return SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
  }

  /** The name of this machine, for messages. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }
}
