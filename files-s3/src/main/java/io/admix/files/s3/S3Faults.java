package io.admix.files.s3;

import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's exceptions as faults. */
final class S3Faults {
  /** The depth at which a chain of causes is no longer looked through. */
  private static final int CAUSES_MAX = 16;

  private S3Faults() {}

  static ObjectFault of(String operation, String subject, SdkException e) {
    if (e instanceof AwsServiceException answer) {
      return ofAnswer(operation, subject, answer);
    }
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
      return fault(operation, FaultKind.INTERRUPTED, subject, "", e);
    }
    return ofClient(operation, subject, e);
  }

  static FaultKind kind(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return FaultKind.of(answer.statusCode(), details == null ? null : details.errorCode());
  }

  private static ObjectFault ofAnswer(
      String operation, String subject, AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    String words = details == null ? null : details.errorMessage();
    ObjectFault fault =
        new ObjectFault(
            operation,
            kind(answer),
            subject,
            new ObjectFault.Answer(answer.statusCode(), code, answer.requestId()),
            words == null ? "" : words);
    fault.initCause(answer);
    return fault;
  }

  private static ObjectFault ofClient(String operation, String subject, SdkException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("unable to load credentials")) {
      return fault(
          operation,
          FaultKind.CREDENTIALS,
          subject,
          "the SDK's default chain finds none: environment, profile, container or machine role",
          e);
    }
    if (text.contains("checksum")) {
      return fault(operation, FaultKind.CORRUPTED, subject, rootWords(e), e);
    }
    return fault(operation, FaultKind.NO_ANSWER, subject, rootWords(e), e);
  }

  private static ObjectFault fault(
      String operation, FaultKind kind, String subject, String words, Throwable cause) {
    ObjectFault fault = new ObjectFault(operation, kind, subject, words);
    fault.initCause(cause);
    return fault;
  }

  /** Of the cause that stands behind the others: the SDK's own words only wrap it. */
  private static String rootWords(Throwable e) {
    Throwable root = e;
    for (int i = 0; i < CAUSES_MAX && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String words = root.getMessage();
    return words == null ? root.getClass().getSimpleName() : words;
  }
}
