package io.admix.server;

import io.admix.engine.RunningService;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The main class of {@link ServerProcess}: serves until it is ended. */
final class ServeInProcess {
  private ServeInProcess() {}

  /** A home, then settings {@code key=value}; the database is in the environment. */
  public static void main(String[] arguments) throws Exception {
    List<String> settings = List.of(arguments).subList(1, arguments.length);
    SettingsInput input =
        new SettingsInput(arguments[0], null, settings, System.getenv(), Path.of(arguments[0]));
    try (RunningService service = new AdmixService().start(SettingsLoader.load(input))) {
      System.out.println(ServerProcess.READY + service.address());
      new CountDownLatch(1).await();
    }
  }
}
