package io.admix.files;

import io.admix.files.FaultLayer.Call;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A folder below a {@link FaultLayer}: each operation is asked of the layer first. */
final class LayeredFolder implements Folder {
  private final FaultLayer layer;
  private final Folder real;
  private final AtomicBoolean isOpen = new AtomicBoolean(true);

  LayeredFolder(FaultLayer layer, Folder real) {
    this.layer = layer;
    this.real = real;
    layer.opened();
  }

  private static Folder real(Folder folder) {
    return folder instanceof LayeredFolder layered ? layered.real : folder;
  }

  private Call call(Operation operation, String name) {
    return new Call(operation, real, name);
  }

  private Call call(Operation operation, String name, Folder other, String otherName) {
    return new Call(operation, real, name, real(other), otherName);
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
    return layer.asked(
        call(Operation.OPEN, relative), () -> new LayeredFolder(layer, real.open(relative)));
  }

  @Override
  public void makeFolder(String name) throws Fault {
    layer.plainly(call(Operation.MAKE_FOLDER, name), () -> real.makeFolder(name));
  }

  @Override
  public Stat stat() throws Fault {
    return layer.asked(call(Operation.STAT_HERE, ""), real::stat);
  }

  @Override
  public Stat stat(String name) throws Fault {
    return layer.asked(call(Operation.STAT, name), () -> real.stat(name));
  }

  @Override
  public byte[] head(String name, int most) throws Fault {
    return layer.asked(call(Operation.HEAD, name), () -> real.head(name, most));
  }

  @Override
  public byte[] digest(String name) throws Fault {
    return layer.asked(call(Operation.DIGEST, name), () -> real.digest(name));
  }

  @Override
  public String readLink(String name) throws Fault {
    return layer.asked(call(Operation.READ_LINK, name), () -> real.readLink(name));
  }

  @Override
  public void link(Folder source, String sourceName, String name) throws Fault {
    layer.plainly(
        call(Operation.LINK, name, source, sourceName),
        () -> real.link(real(source), sourceName, name));
  }

  @Override
  public void symlink(String text, String name) throws Fault {
    layer.plainly(call(Operation.SYMLINK, name), () -> real.symlink(text, name));
  }

  @Override
  public void reflink(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    layer.run(
        call(Operation.REFLINK, name, source, sourceName),
        () -> real.reflink(real(source), sourceName, name, expected));
  }

  @Override
  public void copy(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException {
    layer.run(
        call(Operation.COPY, name, source, sourceName),
        () -> real.copy(real(source), sourceName, name, expected));
  }

  @Override
  public void deleteFile(String name) throws Fault {
    layer.plainly(call(Operation.DELETE_FILE, name), () -> real.deleteFile(name));
  }

  @Override
  public void deleteFolder(String name) throws Fault {
    layer.plainly(call(Operation.DELETE_FOLDER, name), () -> real.deleteFolder(name));
  }

  @Override
  public void rename(String name, Folder target, String newName) throws Fault {
    layer.plainly(
        call(Operation.RENAME, name, target, newName),
        () -> real.rename(name, real(target), newName));
  }

  @Override
  public void list(Visitor visitor) throws Fault {
    layer.plainly(call(Operation.LIST, ""), () -> real.list(visitor));
  }

  @Override
  public void sync() throws Fault {
    layer.plainly(call(Operation.SYNC, ""), real::sync);
  }

  @Override
  public void syncVolume() throws Fault {
    layer.plainly(call(Operation.SYNC_VOLUME, ""), real::syncVolume);
  }

  @Override
  public Volume volume() throws Fault {
    return layer.asked(call(Operation.VOLUME, ""), () -> layer.volumeOf(real));
  }

  /** A handle of a dead process is closed by the kernel: never a crash. */
  @Override
  public MountFacts mount() throws Fault {
    return real.mount();
  }

  @Override
  public Marks marks() throws Fault {
    return real.marks();
  }

  @Override
  public Marks marks(String name) throws Fault {
    return real.marks(name);
  }

  @Override
  public FileBytes bytes() {
    FileBytes below = real.bytes();
    return new FileBytes() {
      @Override
      public Open open(String name, Expected expected) throws Fault, SourceChangedException {
        return below.open(name, expected);
      }

      @Override
      public Stat write(String name, InputStream in, long size, long modifiedNs)
          throws IOException {
        Stat[] made = new Stat[1];
        IOException[] thrown = new IOException[1];
        layer.plainly(
            call(Operation.WRITE, name),
            () -> {
              try {
                made[0] = below.write(name, in, size, modifiedNs);
              } catch (Fault e) {
                throw e;
              } catch (IOException e) {
                thrown[0] = e;
              }
            });
        if (thrown[0] != null) {
          throw thrown[0];
        }
        return made[0];
      }
    };
  }

  @Override
  public Abilities abilities() throws Fault {
    return real.abilities();
  }

  @Override
  public void close() {
    if (isOpen.getAndSet(false)) {
      layer.closed();
    }
    real.close();
  }
}
