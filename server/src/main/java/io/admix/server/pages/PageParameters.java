package io.admix.server.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What the parameters of every page have in common: none holds a zero byte, which no database takes
 * and nobody types.
 */
@Component
public final class PageParameters implements HandlerInterceptor, WebMvcConfigurer {
  /** Longest text of a search: no name is longer. */
  private static final int SEARCH_MAX = 255;

  private static final String PACKAGE = PageParameters.class.getPackageName();

  PageParameters() {}

  /** What is searched for, as far as it can be a name. */
  public static String search(String text) {
    String plain = text.strip();
    return plain.length() <= SEARCH_MAX ? plain : plain.substring(0, SEARCH_MAX);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws ServletRequestBindingException {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getPackageName().startsWith(PACKAGE)) {
      for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
        boolean hasZero =
            Arrays.stream(parameter.getValue()).anyMatch(value -> value.indexOf('\0') >= 0);
        if (hasZero) {
          throw new ServletRequestBindingException("A parameter holds a zero byte.");
        }
      }
    }
    return true;
  }
}
