package io.admix.server;

import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.RunningService;
import io.admix.engine.ServiceProvider;
import io.admix.engine.settings.Settings;
import io.admix.server.ops.TaskMeter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Starts the service over one engine. */
public final class AdmixService implements ServiceProvider {

  @Override
  public RunningService start(Settings settings) throws RefusedException {
    TaskMeter meter = new TaskMeter();
    Admix admix = Admix.open(settings, meter);
    try {
      admix.readiness().prepare();
      AdmixServer server = new AdmixServer(admix, context(admix, meter));
      admix.background().start();
      return server;
    } catch (RefusedException e) {
      admix.close();
      throw e;
    } catch (RuntimeException e) {
      admix.close();
      throw StartFaults.refusal(e, settings.server()).orElseThrow(() -> e);
    }
  }

  private static ServletWebServerApplicationContext context(Admix admix, TaskMeter meter) {
    SpringApplication application = new SpringApplication(ServerConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setEnvironment(new ServiceEnvironment(admix.settings().server()));
    application.setAddCommandLineProperties(false);
    application.setRegisterShutdownHook(false);
    application.addInitializers(context -> {
      context.getBeanFactory().registerSingleton("admix", admix);
      context.getBeanFactory().registerSingleton("taskMeter", meter);
    });
    return (ServletWebServerApplicationContext) application.run();
  }
}
