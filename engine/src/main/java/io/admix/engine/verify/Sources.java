package io.admix.engine.verify;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.place.Place;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.RealFiles;
import io.admix.files.Stat;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sources of a manifest, compared with what its lines say of them. Used by one thread. */
final class Sources implements AutoCloseable {
  private final FileAccess access;
  private final RealFiles realFiles;
  private final Map<String, FolderCursor> folders = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();

  Sources(FileAccess access, ManifestHeader header) throws Fault {
    this.access = access;
    this.realFiles = new RealFiles(access);
    for (ManifestHeader.Source source : header.sources()) {
      places.put(source.name(), Place.parse(source.root()));
    }
  }

  /** Whether any source is a place of objects. */
  boolean hasObjects() {
    return places.values().stream().anyMatch(Place::isObjects);
  }

  /** The source of an entry that is an object, else empty. */
  Optional<ObjectKey> objectOf(ManifestEntry entry) {
    Place place = places.get(entry.source());
    return place != null && place.isObjects()
        ? Optional.of(place.objects().object(entry.from()))
        : Optional.empty();
  }

  /** Where a source's files are; null for one that the header does not know. */
  @Nullable Place place(ManifestEntry entry) {
    return places.get(entry.source());
  }

  /** Absolute path of the source file as its source has it. */
  String written(ManifestEntry entry) {
    String root = String.valueOf(places.get(entry.source()));
    return root.endsWith("/") ? root + entry.from() : root + "/" + entry.from();
  }

  /**
   * In what the source of an entry is not what it was, or "".
   *
   * @param heads were asked for {@link #objectOf}
   */
  String drift(ManifestEntry entry, @Nullable ObjectHeads heads) throws IOException {
    Place place = places.get(entry.source());
    if (place == null) {
      return "source '" + entry.source() + "' is not in the manifest's header";
    }
    if (place.isObjects()) {
      return heads == null ? "" : ofObject(entry, heads.of(place.objects().object(entry.from())));
    }
    return ofFile(entry, place.folder());
  }

  private static String ofObject(ManifestEntry entry, Optional<ObjectHead> found) {
    if (found.isEmpty()) {
      return "its source %s is gone".formatted(entry.from());
    }
    String etag = found.get().stat().etag();
    boolean isSame = etag.equals(entry.sourceEtag()) && found.get().stat().size() == entry.size();
    return isSame
        ? ""
        : "its source %s is another object now (entity tag %s, was %s)"
            .formatted(entry.from(), etag, entry.sourceEtag());
  }

  private String ofFile(ManifestEntry entry, Path root) throws IOException {
    String real = entry.real();
    if (real != null && !leadsTo(real, written(entry))) {
      return "its source %s was a symbolic link, and leads elsewhere now or nowhere"
          .formatted(entry.from());
    }
    Stat stat =
        real == null
            ? folder(entry.source(), root).stat(entry.fromFolder(), entry.fromName())
            : realStat(real);
    if (stat == null) {
      return "its source %s is gone".formatted(entry.from());
    }
    boolean isSame =
        stat.isRegular()
            && (stat.inode() == entry.sourceInode() || isLinked(entry, stat))
            && stat.size() == entry.size()
            && stat.modifiedNs() == entry.sourceModifiedNs();
    return isSame
        ? ""
        : "its source %s is another file now, or was modified".formatted(entry.from());
  }

  private FolderCursor folder(String source, Path root) throws Fault {
    FolderCursor known = folders.get(source);
    if (known == null) {
      known = new FolderCursor(access, root);
      folders.put(source, known);
    }
    return known;
  }

  private static boolean leadsTo(String real, String written) {
    try {
      return RealFiles.resolve(Path.of(written)).toString().equals(real);
    } catch (Fault e) {
      return false;
    }
  }

  private @Nullable Stat realStat(String real) throws Fault {
    return FolderCursor.openOrNull(() -> realFiles.folderOf(real).stat(RealFiles.nameOf(real)));
  }

  /** An overlay gives a source another inode when it is linked: that of the link. */
  private static boolean isLinked(ManifestEntry entry, Stat source) {
    return entry.method() == LinkMethod.HARDLINK && source.inode() == entry.inode();
  }

  @Override
  public void close() {
    folders.values().forEach(FolderCursor::close);
    realFiles.close();
  }
}
