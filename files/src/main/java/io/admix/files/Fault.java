package io.admix.files;

import java.io.IOException;

/**
 * A file operation that failed, with its cause by name. It carries no stack trace: faults of single
 * files are results, and there may be millions.
 */
public final class Fault extends IOException {
  private final String operation;
  private final Errno errno;
  private final String subject;

  /**
   * @param operation the system call or NIO method, such as {@code linkat}
   * @param subject the path or name that it was about
   * @param words the platform's own words for the cause
   */
  public Fault(String operation, Errno errno, String subject, String words) {
    super(operation + " " + subject + ": " + words + " (" + errno + ")");
    this.operation = operation;
    this.errno = errno;
    this.subject = subject;
  }

  public String operation() {
    return operation;
  }

  public Errno errno() {
    return errno;
  }

  public String subject() {
    return subject;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
