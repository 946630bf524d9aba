package io.admix.engine.place;

import io.admix.files.object.ObjectFault;

/** What people are told of a store that cannot be used, and what to do about it. */
public final class StoreTrouble {
  private StoreTrouble() {}

  /** The fault in one line, with advice; without a secret, which no fault holds. */
  public static String words(ObjectFault fault) {
    String advice = advice(fault);
    String words = fault.words();
    return advice.isEmpty() ? words : words + (words.endsWith(".") ? " " : ". ") + advice;
  }

  /** What went wrong in one line, with advice where a store could not be used. */
  public static String words(Exception failure) {
    if (failure instanceof ObjectFault fault) {
      return words(fault);
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static String advice(ObjectFault fault) {
    return switch (fault.kind()) {
      case CREDENTIALS ->
          "Give credentials as the AWS tools take them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (AWS_PROFILE), or the role of this machine or container.";
      case DENIED ->
          "Allow this identity what docs/s3.md lists, for this bucket and prefix, or take other credentials.";
      case NO_SUCH_BUCKET ->
          "Mind the spelling, and that admix.s3.endpoint is the store that has the bucket.";
      case NO_ANSWER, SERVER_ERROR ->
          "Look whether the store can be reached from here, and at admix.s3.endpoint.";
      case WRONG_REGION -> "Set admix.s3.region to the bucket's region.";
      case CLOCK -> "Set this machine's clock.";
      case THROTTLED -> "Try again later, or lower admix.s3.connections.";
      case NOT_IMPLEMENTED ->
          fault.operation().equals("open")
              ? ""
              : "This store lacks what Admix needs; take another.";
      default -> "";
    };
  }
}
