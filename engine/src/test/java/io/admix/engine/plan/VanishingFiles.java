package io.admix.engine.plan;

import io.admix.files.FileAccess;
import io.admix.files.Folder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/**
 * A portable access under which the files of one folder vanish between its listing and the look at
 * each of them.
 */
final class VanishingFiles {
  private VanishingFiles() {}

  static FileAccess in(Path victim) {
    return in(victim, null);
  }

  /** The same, but listing the folder fails, when there is a fault. */
  static FileAccess in(Path victim, java.util.concurrent.Callable<Object> fault) {
    FileAccess inner = FileAccess.portable();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object result = invoke(() -> method.invoke(inner, arguments));
          return result instanceof Folder folder ? wrap(folder, victim, fault) : result;
        };
    return (FileAccess)
        Proxy.newProxyInstance(
            VanishingFiles.class.getClassLoader(), new Class<?>[] {FileAccess.class}, handler);
  }

  private static Folder wrap(
      Folder inner, Path victim, java.util.concurrent.Callable<Object> fault) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("list") && inner.path().equals(victim.toString())) {
            Folder.Visitor visitor = (Folder.Visitor) arguments[0];
            if (fault != null) {
              return fault.call();
            }
            inner.list((name, kind) -> {
              victim.resolve(name).toFile().delete();
              visitor.entry(name, kind);
            });
            return null;
          }
          Object result = invoke(() -> method.invoke(inner, arguments));
          return result instanceof Folder folder ? wrap(folder, victim, fault) : result;
        };
    return (Folder)
        Proxy.newProxyInstance(
            VanishingFiles.class.getClassLoader(), new Class<?>[] {Folder.class}, handler);
  }

  private static Object invoke(java.util.concurrent.Callable<Object> call) throws Throwable {
    try {
      return call.call();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
