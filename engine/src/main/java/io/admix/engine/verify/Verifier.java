package io.admix.engine.verify;

import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a published dataset with its manifest, one file after the other, and its place with what
 * the manifest knows. Bytes are not read.
 */
public final class Verifier {
  private static final int PROBLEMS_MAX = 1_000;
  private static final int AT_ONCE = 32;

  /** Entries that are looked at together. */
  private static final int BATCH = 256;

  private final FileAccess access;
  private final LazyStore objects;
  private final Path scratch;

  /**
   * @param objects for places of objects
   * @param scratch an empty folder for the set of known paths
   */
  public Verifier(FileAccess access, LazyStore objects, Path scratch) {
    this.access = access;
    this.objects = objects;
    this.scratch = scratch;
  }

  /**
   * @param dataset name, for the report
   * @param place of the published dataset
   * @param manifest of it, checked before
   * @param files that it holds
   * @throws IOException when the manifest cannot be used, or a place cannot be read
   */
  public VerifyReport verify(String dataset, Place place, Path manifest, long files)
      throws IOException, InterruptedException {
    try (Check check = new Check(files);
        ManifestReader reader = ManifestReader.open(manifest);
        Sources sources = new Sources(access, reader.header());
        Published published = published(place, reader.header())) {
      return check.run(dataset, reader, sources, published, heads(place, sources));
    }
  }

  private Published published(Place place, ManifestHeader header) throws Fault, ObjectFault {
    return place.isObjects()
        ? new PublishedObjects(objects.open(), place.objects(), header.taskId())
        : new PublishedFolder(access, place.folder());
  }

  private @Nullable ObjectHeads heads(Place place, Sources sources) throws ObjectFault {
    return place.isObjects() || sources.hasObjects()
        ? new ObjectHeads(objects.open(), AT_ONCE)
        : null;
  }

  /** One verification. */
  private final class Check implements AutoCloseable {
    private final PathSet known;
    private final List<VerifyReport.Problem> problems = new ArrayList<>();
    private long files;
    private long ok;
    private long drifted;
    private long missing;
    private long damaged;
    private long extra;

    Check(long files) throws IOException {
      this.known = new PathSet(scratch.resolve("known-paths"), files);
    }

    VerifyReport run(
        String dataset,
        ManifestReader reader,
        Sources sources,
        Published published,
        @Nullable ObjectHeads heads)
        throws IOException, InterruptedException {
      List<ManifestEntry> batch = nextBatch(reader);
      while (!batch.isEmpty()) {
        ask(batch, sources, published, heads);
        for (ManifestEntry entry : batch) {
          look(entry, sources, published, heads);
          if (Thread.interrupted()) {
            throw new InterruptedException("verify was interrupted");
          }
        }
        batch = nextBatch(reader);
      }
      String noMarker = published.missingMarker();
      if (!noMarker.isEmpty()) {
        missing++;
        tell("missing", "(marker)", noMarker);
      }
      published.extras(
          known,
          path -> {
            extra++;
            tell("extra", path, "not in the manifest");
          });
      return new VerifyReport(
          dataset, files, ok, drifted, missing, damaged, extra, List.copyOf(problems));
    }

    private static List<ManifestEntry> nextBatch(ManifestReader reader) throws IOException {
      List<ManifestEntry> batch = new ArrayList<>();
      for (Optional<ManifestEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        batch.add(next.get());
        if (batch.size() == BATCH) {
          return batch;
        }
      }
      return batch;
    }

    private static void ask(
        List<ManifestEntry> batch,
        Sources sources,
        Published published,
        @Nullable ObjectHeads heads)
        throws IOException {
      if (heads == null) {
        return;
      }
      List<ObjectKey> keys = new ArrayList<>();
      for (ManifestEntry entry : batch) {
        published.objectOf(entry).ifPresent(keys::add);
        sources.objectOf(entry).ifPresent(keys::add);
      }
      heads.ask(keys);
    }

    private void look(
        ManifestEntry entry, Sources sources, Published published, @Nullable ObjectHeads heads)
        throws IOException {
      files++;
      known.add(entry.path());
      String damage = published.damage(entry, sources, heads);
      if (damage.equals(Published.GONE)) {
        missing++;
        tell("missing", entry.path(), "published as " + entry.method().word() + ", now gone");
        return;
      }
      if (!damage.isEmpty()) {
        damaged++;
        tell("damaged", entry.path(), damage);
        return;
      }
      String drift = sources.drift(entry, heads);
      if (drift.isEmpty()) {
        ok++;
      } else {
        drifted++;
        tell("drifted", entry.path(), drift);
      }
    }

    private void tell(String kind, String path, String detail) {
      if (problems.size() < PROBLEMS_MAX) {
        problems.add(new VerifyReport.Problem(kind, path, detail));
      }
    }

    @Override
    public void close() throws IOException {
      known.close();
    }
  }
}
