package io.admix.server;

import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.RunningService;
import io.admix.engine.ServiceProvider;
import io.admix.engine.settings.Settings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Starts the service over one engine. */
public final class AdmixService implements ServiceProvider {

  @Override
  public RunningService start(Settings settings) throws RefusedException {
    Admix admix = Admix.open(settings);
    try {
      AdmixServer server = new AdmixServer(admix, context(admix));
      admix.background().start();
      return server;
    } catch (RuntimeException e) {
      admix.close();
      throw StartFaults.refusal(e, settings.server()).orElseThrow(() -> e);
    }
  }

  private static ServletWebServerApplicationContext context(Admix admix) {
    SpringApplication application = new SpringApplication(ServerConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setEnvironment(new ServiceEnvironment(admix.settings().server()));
    application.setAddCommandLineProperties(false);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("admix", admix));
    return (ServletWebServerApplicationContext) application.run();
  }
}
