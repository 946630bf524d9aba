package io.admix.engine.place;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.files.Scanner;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectScan;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lists the objects of a place that can be files of a mix: whose path below the place is safe, and
 * short enough for a file system and the catalogue. The others are counted, and the first named.
 * Used once, by one thread.
 */
public final class ObjectListing {
  private static final int SHOWN = 3;

  private final ObjectPlace place;
  private final int placeCharacters;
  private final HalfMadeMixes halfMade;
  private final List<String> shown = new ArrayList<>();
  private long objects;
  private long unfit;
  private ObjectScan.Skipped skipped = new ObjectScan.Skipped(0, 0, 0);

  public ObjectListing(ObjectPlace place) {
    this.place = place;
    this.halfMade = new HalfMadeMixes(place);
    String text = Place.of(place).toString();
    this.placeCharacters = text.codePointCount(0, text.length());
  }

  /**
   * Hands out all of them, in the order of their keys; none where {@link #halfMade} is known
   * before. What the sink throws is thrown here.
   *
   * @throws ObjectFault when a page cannot be read, or the store does not keep the order of keys
   */
  public void read(ObjectStore store, ObjectScan.Sink sink) throws ObjectFault {
    halfMade.ask(store);
    if (halfMade.problem().isPresent()) {
      return;
    }
    skipped =
        new ObjectScan(store)
            .scan(
                place,
                null,
                new ObjectScan.Sink() {
                  @Override
                  public void object(String path, ObjectStat stat) {
                    halfMade.listed(path);
                    if (isFit(path)) {
                      objects++;
                      sink.object(path, stat);
                    } else {
                      unfit++;
                      show(stat.key());
                    }
                  }

                  @Override
                  public void unsafe(ObjectStat stat) {
                    show(stat.key());
                  }
                });
  }

  private boolean isFit(String path) {
    return SafeNames.problemOfPath(path).isEmpty()
        && placeCharacters + path.codePointCount(0, path.length()) <= SafeNames.PATH_CHARACTERS_MAX;
  }

  private void show(String key) {
    if (shown.size() < SHOWN) {
      shown.add("`" + Printable.of(key) + "`");
    }
  }

  /** What is told where a mix at, above or below the place is not whole: nothing may be read. */
  public Optional<String> halfMade() {
    return halfMade.problem();
  }

  /** Objects handed out. */
  public long objects() {
    return objects;
  }

  /** What was passed over, in the words of a walk. */
  public Scanner.Skipped skipped() {
    return new Scanner.Skipped(0, skipped.folders(), unfit + skipped.unsafe(), skipped.own(), 0);
  }

  /** What was passed over, for people; empty when nothing was. */
  public Optional<String> passedOver() {
    List<String> parts = new ArrayList<>();
    long bad = unfit + skipped.unsafe();
    if (bad > 0) {
      String more = bad > shown.size() ? ", …" : "";
      parts.add(
          "%,d %s no path of a file below it, or too long (%s%s)"
              .formatted(
                  bad,
                  bad == 1 ? "object whose key is" : "objects whose keys are",
                  shown.stream().collect(Collectors.joining(", ")),
                  more));
    }
    if (skipped.folders() > 0) {
      parts.add(
          "%,d %s"
              .formatted(
                  skipped.folders(), skipped.folders() == 1 ? "folder marker" : "folder markers"));
    }
    if (skipped.own() > 0) {
      parts.add("%,d of Admix's own".formatted(skipped.own()));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }
}
