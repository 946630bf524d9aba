package io.admix.engine.place;

import io.admix.core.name.ObjectAddress;
import io.admix.files.object.ObjectPlace;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files are, or will be: a folder on disk, or a place of objects. Its text is what plans,
 * catalogue and people are given: an absolute folder, or {@code s3://bucket/prefix/}.
 */
public sealed interface Place {

  /** A folder on disk. */
  record OfFolder(Path folder) implements Place {
    @Override
    public ObjectPlace objects() {
      throw new IllegalStateException(folder + " is a folder, no place of objects");
    }

    @Override
    public boolean isObjects() {
      return false;
    }

    @Override
    public String name() {
      Path name = folder.getFileName();
      return name == null ? "" : name.toString();
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }

  /** A place of objects. */
  record OfObjects(ObjectPlace objects) implements Place {
    @Override
    public Path folder() {
      throw new IllegalStateException(this + " is a place of objects, no folder");
    }

    @Override
    public boolean isObjects() {
      return true;
    }

    @Override
    public String name() {
      String prefix = objects.prefix();
      if (prefix.isEmpty()) {
        return objects.bucket();
      }
      String bare = prefix.substring(0, prefix.length() - 1);
      return bare.substring(bare.lastIndexOf('/') + 1);
    }

    /** As it is written, whole: {@link ObjectPlace#toString} is for people and may be cut. */
    @Override
    public String toString() {
      return ObjectPlace.SCHEME + objects.bucket() + "/" + objects.prefix();
    }
  }

  static Place of(Path folder) {
    return new OfFolder(folder);
  }

  static Place of(ObjectPlace objects) {
    return new OfObjects(objects);
  }

  /** Whether a text is meant as an address of objects rather than as a folder. */
  static boolean isAddress(String text) {
    return ObjectPlace.isAddress(text);
  }

  /**
   * Reads a place as it is stored, or as somebody wrote it.
   *
   * @throws IllegalArgumentException with what is wrong, for people; {@link
   *     java.nio.file.InvalidPathException} for a folder
   */
  static Place parse(String text) {
    Optional<String> problem = ObjectAddress.problem(text);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(problem.get());
    }
    return isAddress(text) ? of(ObjectPlace.parse(text)) : of(Path.of(text));
  }

  /** Whether {@code text} is a place in the one form in which places are stored. */
  static boolean isStoredForm(String text) {
    try {
      return switch (parse(text)) {
        case OfObjects objects -> objects.toString().equals(text);
        case OfFolder(Path folder) ->
            folder.isAbsolute() && folder.normalize().toString().equals(text);
      };
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * @throws IllegalStateException where it is a place of objects
   */
  Path folder();

  /**
   * @throws IllegalStateException where it is a folder
   */
  ObjectPlace objects();

  boolean isObjects();

  /** Last segment of the folder or prefix, else the bucket; empty for the root folder. */
  String name();

  /**
   * Whether one of both lies below the other, or both are the same. Folders are compared as they
   * are written: whoever asks gives real paths.
   */
  default boolean overlaps(Place other) {
    if (isObjects() != other.isObjects()) {
      return false;
    }
    return isObjects()
        ? objects().overlaps(other.objects())
        : folder().startsWith(other.folder()) || other.folder().startsWith(folder());
  }
}
