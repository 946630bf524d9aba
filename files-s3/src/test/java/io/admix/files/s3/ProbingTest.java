package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.files.object.ObjectAbilities;
import io.admix.files.object.ObjectProbe;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Probes of a store whose answers get lost, or that does not heed what it takes. */
final class ProbingTest extends WiredTest {
  private static final ObjectAbilities S3_PROXY =
      new ObjectAbilities(true, false, true, true, true, false);

  @Test
  void lostAnswers_tellNothingElse() throws Exception {
    wire.losingAnswer(putOf("/1"), 1);
    wire.losingAnswer(putOf("/2"), 1);
    wire.failing(Wire.Request::isComplete, 1, 404, "NoSuchUpload");
    assertThat(ObjectProbe.tried(store, place)).isEqualTo(S3_PROXY);
    assertNothingIsLeft();
  }

  @Test
  void aRangeThatIsNotHeeded_isTold_andNothingIsLeft() throws Exception {
    wire.with(r -> r.isCopy() && r.isPart(), 1, ProbingTest::copyTheWhole);
    assertThatThrownBy(() -> ObjectProbe.tried(store, place))
        .hasMessageContaining("x-amz-copy-source-range")
        .hasMessageContaining("use another store");
    assertNothingIsLeft();
  }

  private static void copyTheWhole(Exchange exchange) throws java.io.IOException {
    Wire.Request request = exchange.request();
    String id = request.target().replaceAll(".*uploadId=([^&]*).*", "$1");
    String[] to = request.target().substring(1).split("[/?]", 2);
    String[] from = request.header("x-amz-copy-source").replaceFirst("^/", "").split("/", 2);
    String etag =
        S3ProxyServer.shared()
            .plain()
            .uploadPartCopy(b ->
                b.sourceBucket(from[0])
                    .sourceKey(from[1])
                    .destinationBucket(to[0])
                    .destinationKey(to[1].replaceAll("\\?.*", ""))
                    .uploadId(id)
                    .partNumber(1))
            .copyPartResult()
            .eTag();
    exchange.answer(
        200,
        "<CopyPartResult><LastModified>2026-01-02T03:04:05.678Z</LastModified><ETag>%s</ETag></CopyPartResult>"
            .formatted(etag.replace("\"", "&quot;")));
  }

  private static Predicate<Wire.Request> putOf(String end) {
    return PUT.and(r -> r.target().replaceAll("\\?.*", "").endsWith(end));
  }

  private void assertNothingIsLeft() {
    assertThat(
            S3ProxyServer.shared()
                .plain()
                .listObjectsV2(b -> b.bucket(place.bucket()).prefix(place.prefix()))
                .contents())
        .isEmpty();
  }
}
