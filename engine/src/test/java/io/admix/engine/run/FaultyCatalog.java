package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.catalog.Tasks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A catalogue whose tasks do what a test says around the real step. */
final class FaultyCatalog {
  private FaultyCatalog() {}

  /** Around one call of {@link Tasks}. */
  @FunctionalInterface
  interface Around {
    Object call(String method, Step step) throws Throwable;
  }

  /** The real call. */
  @FunctionalInterface
  interface Step {
    Object take() throws Throwable;
  }

  static Catalog of(Catalog real, Around around) {
    Tasks tasks =
        (Tasks)
            Proxy.newProxyInstance(
                Tasks.class.getClassLoader(),
                new Class<?>[] {Tasks.class},
                (proxy, method, args) ->
                    around.call(method.getName(), () -> call(real.tasks(), method, args)));
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, args) ->
                method.getName().equals("tasks") ? tasks : call(real, method, args));
  }

  private static Object call(Object on, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(on, args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
