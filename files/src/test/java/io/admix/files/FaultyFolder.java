package io.admix.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A real folder whose operations can be made to fail by name, so many times or always. Shared
 * blocks are played by a copy.
 */
final class FaultyFolder implements Folder {
  private final Folder real;
  private final Map<String, Deque<Errno>> once = new HashMap<>();
  private final Map<String, Errno> always = new HashMap<>();
  private boolean linksByCopy;
  private Volume volume = new Volume("ext4", false, false, 1L << 40, 1L << 20);

  FaultyFolder(Folder real) {
    this.real = real;
  }

  FaultyFolder failing(String operation, Errno errno, int times) {
    for (int i = 0; i < times; i++) {
      once.computeIfAbsent(operation, o -> new ArrayDeque<>()).add(errno);
    }
    return this;
  }

  FaultyFolder failingAlways(String operation, Errno errno) {
    always.put(operation, errno);
    return this;
  }

  /** As an overlay does with files of a lower layer on another file system. */
  FaultyFolder linkingByCopy() {
    linksByCopy = true;
    return this;
  }

  FaultyFolder healed() {
    once.clear();
    always.clear();
    return this;
  }

  FaultyFolder on(Volume other) {
    volume = other;
    return this;
  }

  private void meet(String operation, String name) throws Fault {
    Deque<Errno> queue = once.getOrDefault(operation, new ArrayDeque<>());
    Errno errno = queue.isEmpty() ? always.get(operation) : queue.remove();
    if (errno != null) {
      throw new Fault(operation, errno, name, "injected");
    }
  }

  private static Folder real(Folder folder) {
    return folder instanceof FaultyFolder faulty ? faulty.real : folder;
  }

  @Override
  public String path() {
    return real.path();
  }

  @Override
  public long mountId() {
    return real.mountId();
  }

  @Override
  public Folder open(String relative) throws Fault {
    return real.open(relative);
  }

  @Override
  public void makeFolder(String name) throws Fault {
    meet("makeFolder", name);
    real.makeFolder(name);
  }

  @Override
  public Stat stat() throws Fault {
    meet("statHere", "");
    return real.stat();
  }

  @Override
  public Stat stat(String name) throws Fault {
    meet("stat", name);
    return real.stat(name);
  }

  @Override
  public String readLink(String name) throws Fault {
    return real.readLink(name);
  }

  @Override
  public void link(Folder source, String sourceName, String name) throws Fault {
    meet("HARDLINK", name);
    if (!linksByCopy) {
      real.link(real(source), sourceName, name);
      return;
    }
    Stat stat = source.stat(sourceName);
    try {
      real.copy(
          real(source),
          sourceName,
          name,
          new Expected(stat.inode(), stat.size(), stat.modifiedNs()));
    } catch (SourceChangedException e) {
      throw new Fault("link", Errno.OTHER, name, e.getMessage());
    }
  }

  @Override
  public void symlink(String text, String name) throws Fault {
    meet("SYMLINK", name);
    real.symlink(text, name);
  }

  @Override
  public void reflink(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    meet("REFLINK", name);
    real.copy(real(source), sourceName, name, expected);
  }

  @Override
  public void copy(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    meet("COPY", name);
    real.copy(real(source), sourceName, name, expected);
  }

  @Override
  public void deleteFile(String name) throws Fault {
    meet("deleteFile", name);
    real.deleteFile(name);
  }

  @Override
  public void deleteFolder(String name) throws Fault {
    real.deleteFolder(name);
  }

  @Override
  public void rename(String name, Folder to, String newName) throws Fault {
    real.rename(name, real(to), newName);
  }

  @Override
  public void list(Visitor visitor) throws Fault {
    meet("list", "");
    real.list(visitor);
  }

  @Override
  public void sync() throws Fault {
    real.sync();
  }

  @Override
  public void syncVolume() throws Fault {
    real.syncVolume();
  }

  @Override
  public Volume volume() throws Fault {
    meet("volume", "");
    return volume;
  }

  @Override
  public void close() {
    real.close();
  }
}
