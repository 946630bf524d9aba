package io.admix.server.security;

import org.springframework.http.HttpStatus;

/** A request that goes no further; the message is for its sender and holds no secret. */
final class RefusedRequestException extends Exception {
  private final HttpStatus status;

  RefusedRequestException(HttpStatus status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }
}
