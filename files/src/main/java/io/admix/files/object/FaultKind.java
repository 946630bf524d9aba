package io.admix.files.object;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request to a store failed, by name. Sources: Amazon S3 API reference, "Error responses";
 * user guide, "How to prevent object overwrites with conditional writes".
 */
public enum FaultKind {
  NO_SUCH_KEY("there is no such object"),
  NO_SUCH_BUCKET("there is no such bucket", true),
  NO_SUCH_UPLOAD("there is no such upload in parts"),
  /** A condition of the request did not hold: something is there, or is not what it was. */
  PRECONDITION("a condition of the request did not hold"),
  /** Another request to the same key was under way. */
  RACE("another request wrote to the same key meanwhile"),
  DENIED("access is denied"),
  /** There are none, or the store does not know them, or they have run out. */
  CREDENTIALS("the credentials are missing or not accepted", true),
  /** It lies in an archive class and must be restored before it can be read. */
  ARCHIVED("the object is archived; restore it first"),
  THROTTLED("the store asks to slow down"),
  SERVER_ERROR("the store failed"),
  /** No answer came, or not all of it: whether the request was carried out is not known. */
  NO_ANSWER("no whole answer came"),
  CLOCK("the clocks of this machine and of the store differ too much", true),
  WRONG_REGION("the bucket is in another region", true),
  NOT_IMPLEMENTED("the store cannot do this"),
  /** The request itself is not allowed: a size, a name, an argument. */
  REFUSED("the store refuses this request"),
  /** The bytes that arrived are not those that were sent. */
  CORRUPTED("the bytes do not have their checksum"),
  FULL("the store is full, or a quota of it is used up", true),
  INTERRUPTED("the work was interrupted", true),
  OTHER("the store gave a cause that is not known");

  private static final Map<String, FaultKind> CODES = codes();

  private final String words;
  private final boolean isOfAll;

  FaultKind(String words) {
    this(words, false);
  }

  FaultKind(String words, boolean isOfAll) {
    this.words = words;
    this.isOfAll = isOfAll;
  }

  public String words() {
    return words;
  }

  /** Whether it is no matter of one object: every other request would fail by it too. */
  public boolean isOfAll() {
    return isOfAll;
  }

  /** Whether the request may have been carried out all the same. */
  public boolean isUnclear() {
    return this == NO_ANSWER || this == SERVER_ERROR;
  }

  /**
   * The kind of an answer.
   *
   * @param status of HTTP
   * @param code the store's own word, or null where the answer had no body, as for HEAD
   */
  public static FaultKind of(int status, @Nullable String code) {
    FaultKind named = code == null ? null : CODES.get(code.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    if (code != null && code.startsWith("KMS.")) {
      return DENIED;
    }
    return switch (status) {
      case 301, 307, 308 -> WRONG_REGION;
      case 401 -> CREDENTIALS;
      case 403 -> DENIED;
      case 404 -> NO_SUCH_KEY;
      case 405, 501 -> NOT_IMPLEMENTED;
      case 409 -> RACE;
      case 412, 416 -> PRECONDITION;
      case 429, 503 -> THROTTLED;
      case 507 -> FULL;
      case 500, 502, 504 -> SERVER_ERROR;
      default -> status >= 500 ? SERVER_ERROR : status >= 400 ? REFUSED : OTHER;
    };
  }

  private static Map<String, FaultKind> codes() {
    Map<String, FaultKind> codes = new HashMap<>();
    put(codes, NO_SUCH_KEY, "NoSuchKey", "NoSuchVersion", "NotFound");
    put(codes, NO_SUCH_BUCKET, "NoSuchBucket");
    put(codes, NO_SUCH_UPLOAD, "NoSuchUpload");
    put(codes, PRECONDITION, "PreconditionFailed", "InvalidRange");
    put(codes, RACE, "ConditionalRequestConflict", "OperationAborted");
    put(codes, DENIED, "AccessDenied", "AllAccessDisabled", "AccountProblem", "MethodNotAllowed");
    put(
        codes,
        CREDENTIALS,
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "ExpiredToken",
        "InvalidToken",
        "TokenRefreshRequired",
        "MissingSecurityHeader");
    put(codes, ARCHIVED, "InvalidObjectState");
    put(
        codes,
        THROTTLED,
        "SlowDown",
        "ServiceUnavailable",
        "Busy",
        "TooManyRequests",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "Throttling",
        "ThrottlingException",
        "RequestThrottled");
    put(codes, SERVER_ERROR, "InternalError");
    put(codes, NO_ANSWER, "RequestTimeout", "IncompleteBody");
    put(codes, CLOCK, "RequestTimeTooSkewed", "RequestExpired");
    put(
        codes,
        WRONG_REGION,
        "PermanentRedirect",
        "TemporaryRedirect",
        "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException");
    put(codes, NOT_IMPLEMENTED, "NotImplemented", "XNotImplemented");
    put(
        codes,
        REFUSED,
        "EntityTooLarge",
        "EntityTooSmall",
        "InvalidPart",
        "InvalidPartOrder",
        "MetadataTooLarge",
        "KeyTooLongError",
        "InvalidRequest",
        "InvalidArgument",
        "InvalidTag");
    put(
        codes,
        CORRUPTED,
        "BadDigest",
        "InvalidDigest",
        "XAmzContentSHA256Mismatch",
        "XAmzContentChecksumMismatch");
    put(codes, FULL, "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded");
    return codes;
  }

  private static void put(Map<String, FaultKind> codes, FaultKind kind, String... names) {
    for (String name : names) {
      codes.put(name.toLowerCase(Locale.ROOT), kind);
    }
  }
}
