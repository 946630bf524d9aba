package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.object.Body;
import io.admix.files.object.Content;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectOutcome.Proof;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.PartLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are made of bytes from elsewhere. */
final class PuttingTest extends WiredTest {
  private static final PartLimits LIMITS = new PartLimits(PART, PART, PART, PART, 3);
  private static final Mark MARK = Mark.ofFile(TASK, "/data/f", 5, 7);

  private ObjectOutcome put(Body body) throws Exception {
    return placer(LIMITS).put("/data/f", body, CONTENT, key("b"), MARK);
  }

  @Test
  void bytes_becomeAnObject_withMarkAndChecksum() throws Exception {
    assertPlaced(put(body("hello")), Proof.MADE);
    assertThat(text("b")).isEqualTo("hello");
    assertThat(store.head(key("b"), null).content())
        .isEqualTo(CONTENT.with(Mark.NAME, MARK.value()));
    assertThat(wire.seen(PUT))
        .singleElement()
        .satisfies(r -> {
          assertThat(r.header("if-none-match")).isEqualTo("*");
          assertThat(r.header("x-amz-trailer")).isEqualTo("x-amz-checksum-crc32c");
          assertThat(r.header("x-amz-decoded-content-length")).isEqualTo("5");
        });
    assertPlaced(put(body("hello")), Proof.MARK);
  }

  @Test
  void anotherObject_isAConflict_andStays() throws Exception {
    given("b", "theirs");
    assertFailed(put(body("hello")), ObjectFailure.CONFLICT);
    assertThat(text("b")).isEqualTo("theirs");
  }

  @Test
  void manyBytes_areSentInParts() throws Exception {
    byte[] bytes = random(2 * PART + 1);
    assertPlaced(put(Body.of(bytes)), Proof.MADE);
    assertThat(bytes("b")).isEqualTo(bytes);
    assertThat(wire.seen(Wire.Request::isPart))
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.header("x-amz-trailer")).isEqualTo("x-amz-checksum-crc32c"));
    assertThat(wire.seen(Wire.Request::isBegin))
        .singleElement()
        .satisfies(r -> assertThat(r.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT"));
  }

  @Test
  void aLostAnswer_isSettledByLooking_andTheBodyIsReadAgain() throws Exception {
    wire.losingAnswer(PUT, 1);
    assertPlaced(put(body("hello")), Proof.MARK);
    wire.losingAnswer(Wire.Request::isPart, 1);
    byte[] bytes = random(PART + 9);
    Mark other = Mark.ofFile(TASK, "/data/g", 5, 7);
    assertPlaced(
        placer(LIMITS).put("/data/g", Body.of(bytes), Content.NONE, key("c"), other), Proof.MADE);
    assertThat(bytes("c")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6, 0})
  void aFileThatIsNotAsLongAsItWas_makesNoObject_andIsNotSentAgain(long told) throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Body body =
        new Body() {
          @Override
          public long size() {
            return told;
          }

          @Override
          public InputStream open(long from) {
            opened.incrementAndGet();
            return new ByteArrayInputStream("hello".getBytes(), (int) from, 5);
          }
        };
    ObjectOutcome outcome = put(body);
    if (told > 0) {
      assertFailed(outcome, ObjectFailure.SOURCE_CHANGED, "/data/f became");
      assertThat(isThere("b")).isFalse();
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void aFileThatCannotBeRead_makesNoObject() throws Exception {
    Body broken =
        new Body() {
          @Override
          public long size() {
            return 5;
          }

          @Override
          public InputStream open(long from) throws IOException {
            throw new IOException("Permission denied");
          }
        };
    assertFailed(put(broken), ObjectFailure.SOURCE_UNREADABLE, "/data/f", "Permission denied");
    assertThat(isThere("b")).isFalse();
  }

  @Test
  void aLargeBody_isNeverHeldAsAWhole() throws Exception {
    long size = 4L << 30;
    AtomicLong read = new AtomicLong();
    Body endless =
        new Body() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public InputStream open(long from) {
            return new Zeros(size - from, read);
          }
        };
    // Nobody takes the bytes: what is read all the same lies in memory or in buffers of sockets.
    wire.with(PUT, Integer.MAX_VALUE, Exchange::drop);
    PartLimits atOnce = new PartLimits(PART, PART, size, PART, 1);
    assertFailed(
        placer(atOnce).put("/data/f", endless, Content.NONE, key("b"), MARK),
        ObjectFailure.UNKNOWN);
    assertThat(read.get() / wire.count(PUT)).isLessThan(32L << 20);
  }

  @Test
  void keyAndPayer_areAskedFor_byPutsAndCopies() throws Exception {
    ObjectSettings settings = S3ProxyServer.settings(wire.port());
    ObjectSettings ours =
        new ObjectSettings(
            settings.endpoint(),
            "eu-north-1",
            true,
            "key-1",
            true,
            2,
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            settings.silence());
    try (ObjectStore keyed = new S3StoreProvider().open(ours)) {
      var written =
          keyed.put(
              new ObjectStore.NewObject(key("b"), Content.NONE, "STANDARD", java.util.Map.of()),
              body("hello"));
      keyed.copy(key("b"), written.etag(), key("c"), "STANDARD", null);
      keyed.begin(
          new ObjectStore.NewObject(key("d"), Content.NONE, "STANDARD", java.util.Map.of()), false);
    }
    assertThat(wire.seen(r -> true))
        .hasSize(3)
        .allSatisfy(r -> {
          assertThat(r.header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("key-1");
          assertThat(r.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
          assertThat(r.header("x-amz-request-payer")).isEqualTo("requester");
          assertThat(r.header("authorization")).contains("/eu-north-1/s3/");
        });
  }

  private static final class Zeros extends InputStream {
    private final AtomicLong read;
    private long left;

    Zeros(long left, AtomicLong read) {
      this.left = left;
      this.read = read;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(length, left);
      left -= count;
      read.addAndGet(count);
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
