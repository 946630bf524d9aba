package io.admix.server;

import io.admix.engine.settings.ServerSettings;
import io.admix.engine.settings.ServerSettings.LogFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * What Spring may read: our settings and {@code admix-server.properties} of this jar. Neither the
 * environment, in which a {@code SERVER_PORT} may be anybody's, nor files of the folder in which
 * the service happens to start.
 */
final class ServiceEnvironment extends StandardServletEnvironment {

  ServiceEnvironment(ServerSettings settings) {
    getPropertySources().addFirst(new MapPropertySource("admix settings", properties(settings)));
  }

  @Override
  protected void customizePropertySources(MutablePropertySources sources) {
    // None of Spring's own.
  }

  private static boolean isTls(ServerSettings settings) {
    return settings.publicUrl() != null && "https".equals(settings.publicUrl().getScheme());
  }

  private static Map<String, Object> properties(ServerSettings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("spring.config.location", "classpath:/admix-server.properties");
    properties.put(ServerSettings.class.getName(), settings.security().mode().name());
    properties.put("server.port", settings.port());
    properties.put("server.address", settings.address());
    properties.put("server.servlet.session.cookie.secure", isTls(settings));
    properties.put(
        "spring.lifecycle.timeout-per-shutdown-phase", settings.grace().toSeconds() + "s");
    boolean isText = settings.logFormat() == LogFormat.TEXT;
    properties.put(
        "logging.config", isText ? "classpath:logback.xml" : "classpath:admix-logback-json.xml");
    properties.put(
        "logging.structured.format.console",
        isText ? "" : settings.logFormat().name().toLowerCase(Locale.ROOT));
    return properties;
  }
}
