package io.admix.files.object;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request to a store that failed, with its cause by name. The message has the operation, the
 * object, the store's own words and the number by which the store's owner finds the request; never
 * a credential. It carries no stack trace: faults of single objects are results, and there may be
 * millions.
 */
public final class ObjectFault extends IOException {
  private final String operation;
  private final FaultKind kind;
  private final String subject;
  private final int status;
  private final @Nullable String code;
  private final @Nullable String requestId;

  /**
   * @param operation such as {@code CopyObject}
   * @param subject {@code s3://bucket/key}, or the place that it was about
   * @param answer what the store answered
   * @param words the store's own words, or those of the connection; may be empty
   */
  public ObjectFault(
      String operation, FaultKind kind, String subject, Answer answer, String words) {
    super(message(operation, kind, subject, answer, words));
    this.operation = operation;
    this.kind = kind;
    this.subject = subject;
    this.status = answer.status;
    this.code = answer.code;
    this.requestId = answer.requestId;
  }

  /** A fault that no answer of the store stands behind. */
  public ObjectFault(String operation, FaultKind kind, String subject, String words) {
    this(operation, kind, subject, Answer.NONE, words);
  }

  /**
   * What the store answered.
   *
   * @param status of HTTP, 0 where there was no answer
   * @param code the store's own word for the cause
   * @param requestId by which the store's owner finds the request
   */
  public record Answer(int status, @Nullable String code, @Nullable String requestId) {
    static final Answer NONE = new Answer(0, null, null);
  }

  public String operation() {
    return operation;
  }

  public FaultKind kind() {
    return kind;
  }

  public String subject() {
    return subject;
  }

  /** Of HTTP, or 0. */
  public int status() {
    return status;
  }

  public @Nullable String code() {
    return code;
  }

  public @Nullable String requestId() {
    return requestId;
  }

  /** The message, which is never null. */
  public String words() {
    return String.valueOf(getMessage());
  }

  private static String message(
      String operation, FaultKind kind, String subject, Answer answer, String words) {
    StringBuilder text = new StringBuilder(operation + " " + subject + ": " + kind.words());
    StringBuilder details = new StringBuilder();
    if (answer.status > 0) {
      details.append(answer.status);
    }
    if (answer.code != null) {
      details.append(details.isEmpty() ? "" : " ").append(answer.code);
    }
    if (!words.isEmpty()) {
      details.append(details.isEmpty() ? "" : ": ").append(words);
    }
    if (answer.requestId != null) {
      details.append("; request ").append(answer.requestId);
    }
    return details.isEmpty() ? text.toString() : text + " (" + details + ")";
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
