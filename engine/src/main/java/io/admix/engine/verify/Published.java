package io.admix.engine.verify;

import io.admix.files.object.ObjectKey;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is there of a published dataset. Used by one thread. */
interface Published extends AutoCloseable {
  /** Words of a file that is not there. */
  String GONE = "gone";

  /** The published object of an entry that is one, else empty. */
  Optional<ObjectKey> objectOf(ManifestEntry entry);

  /**
   * In what an entry is not what was published: {@link #GONE}, or words; "" when nothing is wrong.
   *
   * @param heads were asked for {@link #objectOf}
   */
  String damage(ManifestEntry entry, Sources sources, @Nullable ObjectHeads heads)
      throws IOException;

  /** Hands out what is there and not known. */
  void extras(PathSet known, Extra visitor) throws IOException;

  /** What is missing of that by which readers know the dataset, in words; "" when nothing is. */
  String missingMarker() throws IOException;

  @Override
  void close();

  /** Receives paths of files that the manifest does not know. */
  @FunctionalInterface
  interface Extra {
    void path(String path);
  }
}
