package io.admix.files.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Lets copies heed {@code If-None-Match: *}, which S3Proxy 4.1.0 takes and does not heed: as
 * Amazon's store, the target's condition is looked at after the source's.
 */
public final class ConditionalCopies {
  private ConditionalCopies() {}

  public static Wire over(Wire wire) {
    return wire.with(
        r -> r.isCopy() && !r.isPart() && r.header("if-none-match").equals("*"),
        Integer.MAX_VALUE,
        ConditionalCopies::copy);
  }

  private static synchronized void copy(Exchange exchange) throws java.io.IOException {
    if (isThere(exchange.request().target())) {
      exchange.answerError(412, "PreconditionFailed");
    } else {
      exchange.pass();
    }
  }

  private static boolean isThere(String target) {
    String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    int slash = path.indexOf('/', 1);
    String bucket = path.substring(1, slash);
    // A `+` in a path is itself.
    String escaped = path.substring(slash + 1).replace("+", "%2B");
    String key = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    try {
      S3ProxyServer.shared().plain().headObject(b -> b.bucket(bucket).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }
}
