package io.admix.engine.plan;

import io.admix.engine.place.Place;
import io.admix.engine.sort.RecordCursor;
import io.admix.files.Caller;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.LinkLimits;
import io.admix.files.LinkRules;
import io.admix.files.RealFiles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at chosen files where their part is worked on; objects are left to who asked, who has what
 * their listing told. Whether a symbolic link may lead where it leads is left to who asked. Used by
 * one thread.
 */
final class PartLooking implements AutoCloseable {
  private final PartScope scope;
  private final String host;
  private final FileAccess access = FileAccess.best();
  private final Caller caller = Caller.current();
  private final Map<Integer, LinkRules> rules = new HashMap<>();
  private final Selection.Fields fields = new Selection.Fields();
  private final EntryStats stats;

  PartLooking(PartScope scope, PartScope.Opened opened, String host) {
    this.scope = scope;
    this.host = host;
    this.stats =
        new EntryStats(
            access,
            opened.all(),
            source -> Objects.requireNonNull(rules.get(source.index())),
            (source, real) -> true,
            new RealFiles(access));
  }

  /**
   * What keeps this machine from looking: a folder that is not there, or is another one, would look
   * as if all its files were missing.
   */
  @Nullable String problem(List<Integer> sources) {
    for (int index : sources) {
      PartScope.Source source = scope.sources().get(index);
      if (Place.isAddress(source.root())) {
        continue;
      }
      String subject =
          "host %s: the folder %s of dataset `%s` "
              .formatted(host, source.root(), source.datasetName());
      try (Folder root = access.open(java.nio.file.Path.of(source.root()))) {
        long inode = root.stat().inode();
        if (inode != source.rootInode()) {
          return subject
              + "is another one there (inode %d, where the plan is made %d): mount the same one"
                  .formatted(inode, source.rootInode());
        }
        rules.put(index, new LinkRules(caller, LinkLimits.of(root.volume().type())));
      } catch (Fault e) {
        return subject + "cannot be opened there: " + e.getMessage() + ": mount it there";
      }
    }
    return null;
  }

  byte[] main(RecordCursor record) {
    fields.readMain(record.array(), record.offset(), record.length());
    return looked(record);
  }

  byte[] reserve(RecordCursor record) {
    fields.readReserve(record.array(), record.offset(), record.length());
    return looked(record);
  }

  private byte[] looked(RecordCursor record) {
    if (Place.isAddress(scope.sources().get(fields.source).root())) {
      return Arrays.copyOfRange(record.array(), record.offset(), record.offset() + record.length());
    }
    return PartLooks.added(record.array(), record.offset(), record.length(), fields, stats);
  }

  @Override
  public void close() {
    stats.close();
  }
}
