package io.admix.server.security;

import io.admix.catalog.Actor;
import io.admix.engine.settings.ServerSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The chain through which every request goes. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  SecurityFilterChain chain(HttpSecurity http, ServerSettings settings) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .addFilterBefore(
            new HeaderFilter(settings.security().proxyHeader()), AuthorizationFilter.class)
        .build();
  }

  private static final class HeaderFilter extends OncePerRequestFilter {
    private final String header;

    HeaderFilter(String header) {
      this.header = header;
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      String name = request.getHeader(header);
      Actor actor = name == null || name.isBlank() ? Actor.SYSTEM : Actor.of(name);
      SecurityContextHolder.getContext().setAuthentication(new KnownCaller(actor));
      chain.doFilter(request, response);
    }
  }
}
