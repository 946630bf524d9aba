package io.admix.engine.run;

import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.SourceChangedException;
import io.admix.files.Stat;
import io.admix.files.Volume;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A real access that counts folders made, and can be made to wait or fail before a link. */
final class CountingAccess implements FileAccess {
  private final FileAccess real;

  /** How often each folder was made, by path. */
  final Map<String, Integer> made = new ConcurrentHashMap<>();

  final AtomicInteger linking = new AtomicInteger();
  final AtomicInteger linkingMax = new AtomicInteger();
  volatile BeforeLink beforeLink = name -> {};

  CountingAccess(FileAccess real) {
    this.real = real;
  }

  /** Called before each link. */
  @FunctionalInterface
  interface BeforeLink {
    void link(String name) throws Fault;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public boolean isSwapSafe() {
    return real.isSwapSafe();
  }

  @Override
  public boolean isAtomicNoReplace() {
    return real.isAtomicNoReplace();
  }

  @Override
  public Folder open(Path path) throws Fault {
    return new Counted(real.open(path));
  }

  @Override
  public Volume volume(Folder folder) throws Fault {
    return folder.volume();
  }

  private final class Counted implements Folder {
    private final Folder folder;

    Counted(Folder folder) {
      this.folder = folder;
    }

    @Override
    public String path() {
      return folder.path();
    }

    @Override
    public long mountId() {
      return folder.mountId();
    }

    @Override
    public Folder open(String relative) throws Fault {
      return new Counted(folder.open(relative));
    }

    @Override
    public void makeFolder(String name) throws Fault {
      made.merge(path() + "/" + name, 1, Integer::sum);
      folder.makeFolder(name);
    }

    @Override
    public Stat stat() throws Fault {
      return folder.stat();
    }

    @Override
    public Stat stat(String name) throws Fault {
      return folder.stat(name);
    }

    @Override
    public String readLink(String name) throws Fault {
      return folder.readLink(name);
    }

    @Override
    public void link(Folder source, String sourceName, String name) throws Fault {
      linkingMax.accumulateAndGet(linking.incrementAndGet(), Math::max);
      try {
        beforeLink.link(name);
        folder.link(((Counted) source).folder, sourceName, name);
      } finally {
        linking.decrementAndGet();
      }
    }

    @Override
    public void symlink(String text, String name) throws Fault {
      folder.symlink(text, name);
    }

    @Override
    public void reflink(Folder source, String sourceName, String name, Expected expected)
        throws Fault, SourceChangedException {
      folder.reflink(((Counted) source).folder, sourceName, name, expected);
    }

    @Override
    public void copy(Folder source, String sourceName, String name, Expected expected)
        throws Fault, SourceChangedException {
      folder.copy(((Counted) source).folder, sourceName, name, expected);
    }

    @Override
    public void deleteFile(String name) throws Fault {
      folder.deleteFile(name);
    }

    @Override
    public void deleteFolder(String name) throws Fault {
      folder.deleteFolder(name);
    }

    @Override
    public void rename(String name, Folder target, String newName) throws Fault {
      folder.rename(name, ((Counted) target).folder, newName);
    }

    @Override
    public void list(Visitor visitor) throws Fault {
      folder.list(visitor);
    }

    @Override
    public Volume volume() throws Fault {
      return folder.volume();
    }

    @Override
    public void sync() throws Fault {
      folder.sync();
    }

    @Override
    public void syncVolume() throws Fault {
      folder.syncVolume();
    }

    @Override
    public void close() {
      folder.close();
    }
  }
}
