package io.admix.server.datamate;

import org.springframework.http.HttpStatus;

/** The errors that DataMate's callers know, each with its code and message. */
enum DataMateError {
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "common.0001", "Bad request"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "common.0002", "Resource not found"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "common.0003", "Forbidden"),
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "common.0004", "Unauthorized"),
  VALIDATION(HttpStatus.UNPROCESSABLE_CONTENT, "common.0005", "Validation error"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "system.0001", "Internal server error"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "system.0005", "Service unavailable"),
  NO_TASK(HttpStatus.NOT_FOUND, "ratio.0001", "Ratio task not found"),
  NO_NAME(HttpStatus.BAD_REQUEST, "ratio.0002", "Task name is required"),
  NAME_TAKEN(HttpStatus.BAD_REQUEST, "ratio.0003", "Task already exists"),
  NOT_DELETED(HttpStatus.INTERNAL_SERVER_ERROR, "ratio.0004", "Failed to delete task");

  private final HttpStatus status;
  private final String code;
  private final String message;

  DataMateError(HttpStatus status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  String message() {
    return message;
  }
}
