package io.admix.server.v1;

import org.springframework.http.HttpStatus;

/** The kinds of problems (RFC 9457) that this interface answers, each with its URI and status. */
public enum ProblemType {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
  INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is wrong"),
  INVALID_BODY(HttpStatus.UNPROCESSABLE_CONTENT, "A field is wrong"),
  INVALID_RECIPE(HttpStatus.UNPROCESSABLE_CONTENT, "The recipe is wrong"),
  INFEASIBLE(HttpStatus.UNPROCESSABLE_CONTENT, "The sources cannot give what is asked"),
  CANNOT_PLAN(HttpStatus.UNPROCESSABLE_CONTENT, "The recipe cannot be planned"),
  REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The request asks for what cannot be done"),
  KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key belongs to another request"),
  NOT_YOURS(HttpStatus.FORBIDDEN, "It belongs to somebody else"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable form of the answer"),
  CONFLICT(HttpStatus.CONFLICT, "What is there forbids it"),
  DAMAGED_PLAN(HttpStatus.CONFLICT, "The plan was damaged"),
  CHANGED(HttpStatus.PRECONDITION_FAILED, "It has changed"),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not read"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Not possible just now"),
  DAMAGED(HttpStatus.INTERNAL_SERVER_ERROR, "What is stored was damaged"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** What HTTP calls it. */
  public HttpStatus status() {
    return status;
  }

  String title() {
    return title;
  }

  /** Names the kind to programs; it leads nowhere. */
  String uri() {
    return "urn:admix:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
