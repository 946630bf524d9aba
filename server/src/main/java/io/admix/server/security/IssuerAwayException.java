package io.admix.server.security;

import org.jspecify.annotations.Nullable;

/** The issuer could not be asked; the same request may be answered later. */
final class IssuerAwayException extends RuntimeException {
  IssuerAwayException(@Nullable Throwable cause) {
    super("the issuer cannot be reached", cause);
  }
}
