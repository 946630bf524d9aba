package io.admix.files;

import io.admix.core.recipe.LinkMethod;

/** One entry to be placed: what, from where, as what. */
record Entry(
    Folder source,
    String sourceName,
    String sourcePath,
    Folder.Expected expected,
    Folder target,
    String name) {

  /** Where it is to stand, for messages. */
  String targetPath() {
    return target.path() + "/" + name;
  }

  Stat statSource() throws Fault {
    return source.stat(sourceName);
  }

  Stat statTarget() throws Fault {
    return target.stat(name);
  }

  /** Makes it; what was made is then to be {@link #requireMade looked at}. */
  void make(LinkMethod method) throws Fault, SourceChangedException {
    switch (method) {
      case HARDLINK -> target.link(source, sourceName, name);
      case REFLINK -> target.reflink(source, sourceName, name, expected);
      case SYMLINK -> makeSymlink();
      case COPY -> target.copy(source, sourceName, name, expected);
    }
  }

  /**
   * What stands there after it was made; what is not right is removed.
   *
   * @throws UnknownResultException when what stands there cannot be told
   */
  Stat requireMade(LinkMethod method) throws Fault, SourceChangedException, UnknownResultException {
    Stat made = statMade();
    boolean right =
        switch (method) {
          case HARDLINK -> expected.matches(made) || isCopiedUp(made);
          case REFLINK, COPY -> made.isRegular() && made.size() == expected.size();
          case SYMLINK -> made.kind() == Stat.Kind.SYMLINK;
        };
    if (!right) {
      remove(made);
      if (method == LinkMethod.HARDLINK) {
        refuseCopiedUp(made);
      }
      throw SourceChangedException.of(sourcePath, "", expected, made);
    }
    return made;
  }

  /**
   * The target must stand as expected when the link is made; later changes are not a link's to
   * prevent.
   */
  private void makeSymlink() throws Fault, SourceChangedException {
    Stat stat = statSource();
    if (!expected.matches(stat)) {
      throw SourceChangedException.of(sourcePath, "", expected, stat);
    }
    target.symlink(sourcePath, name);
  }

  /**
   * Whether linking gave the source itself another inode: an overlay copies a file of a lower layer
   * up before it links it, and one that has several names there parts from them. The link is still
   * the one file that the source is, with the planned size and time.
   */
  private boolean isCopiedUp(Stat made) throws Fault {
    Folder.Expected copied =
        new Folder.Expected(made.inode(), expected.size(), expected.modifiedNs());
    return copied.matches(made)
        && target.volume().type().equals("overlay")
        && statSource().isSameFile(made);
  }

  /**
   * An overlay whose layers lie on different file systems links a copy of a lower file, under
   * another inode: the source is as planned, but a hard link cannot be had here.
   */
  private void refuseCopiedUp(Stat made) throws Fault {
    if (target.volume().type().equals("overlay") && expected.matches(statSource())) {
      throw new Fault(
          "link",
          Errno.EXDEV,
          targetPath(),
          "the overlay copied the source up, as inode " + made.inode());
    }
  }

  private Stat statMade() throws UnknownResultException {
    try {
      return statTarget();
    } catch (Fault first) {
      try {
        return statTarget();
      } catch (Fault second) {
        throw new UnknownResultException(second);
      }
    }
  }

  /**
   * Removes the target entry if it still is {@code made}: looked at immediately before. A name that
   * is gone is removed.
   */
  void remove(Stat made) throws UnknownResultException {
    try {
      if (statTarget().isSameFile(made)) {
        target.deleteFile(name);
        return;
      }
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return;
      }
      throw new UnknownResultException(e);
    }
    throw new UnknownResultException(
        new Fault("unlink", Errno.EEXIST, targetPath(), "another file took the name meanwhile"));
  }

  /**
   * Something was made, and what became of it cannot be told: the task stops, and resume settles
   * it.
   */
  static final class UnknownResultException extends Exception {
    private final Fault fault;

    UnknownResultException(Fault fault) {
      super(fault.getMessage(), fault, false, false);
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }
}
