package io.admix.server.security;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * Faults that a request brings along, told where somebody first looks at the part that is wrong.
 */
public final class Unreadable {
  private Unreadable() {}

  /** What is wrong with the request that led to this fault, or null when another thing is. */
  public static @Nullable String why(Throwable fault) {
    return switch (fault) {
      case InvalidParameterException parameters when isTooLarge(fault) ->
          "The form that was sent is too large to be read.";
      case InvalidParameterException parameters ->
          "The parameters cannot be read: they hold a % that two hexadecimal digits do not follow, are no UTF-8, or are too many.";
      case RequestRejectedException header ->
          "The address or a header holds characters that may not be there.";
      default -> null;
    };
  }

  /** Whether it is its size that is wrong. */
  public static boolean isTooLarge(Throwable fault) {
    return fault instanceof InvalidParameterException parameters
        && parameters.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
  }
}
