package io.admix.files;

import io.admix.core.recipe.LinkMethod;

/** What is asked of a {@link FileAccess} or a {@link Folder}, as {@link FaultLayer} counts it. */
public enum Operation {
  OPEN_ROOT(false),
  OPEN(false),
  STAT_HERE(false),
  STAT(false),
  READ_LINK(false),
  HEAD(false),
  DIGEST(false),
  LIST(false),
  VOLUME(false),
  MAKE_FOLDER(true),
  LINK(true),
  SYMLINK(true),
  REFLINK(true),
  COPY(true),
  WRITE(true),
  DELETE_FILE(true),
  DELETE_FOLDER(true),
  RENAME(true),
  SYNC(true),
  SYNC_VOLUME(true);

  private final boolean changing;

  Operation(boolean changing) {
    this.changing = changing;
  }

  /** Whether it changes what is on the disk: a crash before it and one after it are two worlds. */
  public boolean isChanging() {
    return changing;
  }

  /** The one that makes an entry by this method. */
  public static Operation of(LinkMethod method) {
    return switch (method) {
      case HARDLINK -> LINK;
      case SYMLINK -> SYMLINK;
      case REFLINK -> REFLINK;
      case COPY -> COPY;
    };
  }
}
