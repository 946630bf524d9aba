package io.admix.server.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** A filter of tests that fails at one address. */
@Component
class BrokenFilter implements Filter {
  static final String PATH = "/for-tests/broken-filter";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (((HttpServletRequest) request).getRequestURI().equals(PATH)) {
      throw new IllegalStateException("secret inner words");
    }
    chain.doFilter(request, response);
  }
}
