package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.catalog.Datasets;
import io.admix.catalog.FileWriter;
import io.admix.catalog.Tasks;
import io.admix.files.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A real catalogue in a world that can be stopped: before a transaction, or after its commit, when
 * the answer is lost. What only reads is no change, but is not answered either once the world
 * stands still.
 */
final class CatalogLayer {
  private static final Set<String> CHANGES =
      Set.of(
          "create",
          "acquire",
          "renew",
          "release",
          "startPlacing",
          "forget",
          "record",
          "startPublishing",
          "complete",
          "requestCancel",
          "cancelled",
          "delete",
          "register",
          "rescan",
          "beginRemoval",
          "remove",
          "add",
          "commit");

  private final World world;

  private CatalogLayer(World world) {
    this.world = world;
  }

  static Catalog over(Catalog real, World world) {
    return new CatalogLayer(world).layered(Catalog.class, real);
  }

  private <T> T layered(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> wrapped(call(type, real, method, arguments))));
  }

  private Object call(Class<?> type, Object real, Method method, Object[] arguments)
      throws Exception {
    String what = type.getSimpleName() + "." + method.getName();
    return CHANGES.contains(method.getName())
        ? world.change(what, () -> invoke(real, method, arguments))
        : world.look(what, () -> invoke(real, method, arguments));
  }

  private Object wrapped(Object answer) {
    return switch (answer) {
      case Tasks tasks -> layered(Tasks.class, tasks);
      case Datasets datasets -> layered(Datasets.class, datasets);
      case FileWriter writer -> layered(FileWriter.class, writer);
      case null, default -> answer;
    };
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Exception {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw e;
      }
    }
  }
}
