package io.admix.server;

import io.admix.engine.Admix;
import io.admix.engine.settings.ServerSettings;
import io.admix.engine.settings.Settings;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * What the service is made of: what Boot sets up by itself for the libraries that are here, and the
 * components of this package and those below it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@ComponentScan("io.admix.server")
class ServerConfiguration {

  @Bean
  Settings settings(Admix admix) {
    return admix.settings();
  }

  @Bean
  ServerSettings serverSettings(Settings settings) {
    return settings.server();
  }

  /** Tomcat's own pages name it. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareErrors() {
    return tomcat ->
        tomcat.addContextCustomizers(context ->
            ((StandardHost) context.getParent())
                .setErrorReportValveClass(BareErrorValve.class.getName()));
  }
}
