package io.admix.engine.run;

import io.admix.files.Fault;
import io.admix.files.FaultLayer;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Operation;
import io.admix.files.Volume;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A real access that counts folders made, and can be made to wait or fail before a link. */
final class CountingAccess implements FileAccess {
  final FaultLayer layer;

  /** How often each folder was made, by path. */
  final Map<String, Integer> made = new ConcurrentHashMap<>();

  final AtomicInteger linking = new AtomicInteger();
  final AtomicInteger linkingMax = new AtomicInteger();
  volatile BeforeLink beforeLink = name -> {};

  CountingAccess(FileAccess real) {
    this(new FaultLayer(real));
  }

  CountingAccess(FaultLayer layer) {
    this.layer = layer;
    layer.around(
        Operation.MAKE_FOLDER,
        (call, act) -> {
          made.merge(call.path(), 1, Integer::sum);
          act.run();
        });
    layer.around(
        Operation.LINK,
        (call, act) -> {
          linkingMax.accumulateAndGet(linking.incrementAndGet(), Math::max);
          try {
            beforeLink.link(call.name());
            act.run();
          } finally {
            linking.decrementAndGet();
          }
        });
  }

  /** Called before each link. */
  @FunctionalInterface
  interface BeforeLink {
    void link(String name) throws Fault;
  }

  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public boolean isSwapSafe() {
    return layer.isSwapSafe();
  }

  @Override
  public boolean isAtomicNoReplace() {
    return layer.isAtomicNoReplace();
  }

  @Override
  public Folder open(Path path) throws Fault {
    return layer.open(path);
  }

  @Override
  public Volume volume(Folder folder) throws Fault {
    return layer.volume(folder);
  }
}
