package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.files.object.FaultKind;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectExpected;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectOutcome.Proof;
import io.admix.files.object.ObjectPlacer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Copies of single objects in one request, and everything that may happen to them. */
final class CopyingTest extends WiredTest {

  @Test
  void aCopy_keepsWhatTheSourceCarries_andBearsItsMark() throws Exception {
    ObjectExpected expected = given("a", "hello");
    assertPlaced(copy(placer(), expected), Proof.MADE);
    Mark mark = Mark.ofCopy(TASK, key("a"), expected);
    ObjectHead head = store.head(key("b"), null);
    assertThat(head.mark()).contains(mark);
    assertThat(head.content()).isEqualTo(CONTENT.with(Mark.NAME, mark.value()));
    assertThat(text("b")).isEqualTo("hello");
    assertThat(wire.seen(COPY))
        .singleElement()
        .satisfies(r -> {
          assertThat(r.header("if-none-match")).isEqualTo("*");
          assertThat(r.header("x-amz-copy-source-if-match")).isEqualTo(expected.etag());
          assertThat(r.header("x-amz-storage-class")).isEqualTo("STANDARD");
        });
  }

  @Test
  void aCopyThatIsThere_isDone_andMadeOnce() throws Exception {
    ObjectExpected expected = given("a", "hello");
    ObjectPlacer placer = placer();
    ObjectOutcome first = copy(placer, expected);
    ObjectOutcome second = copy(placer, expected);
    assertPlaced(second, Proof.MARK);
    assertThat(((ObjectOutcome.Placed) second).etag())
        .isEqualTo(((ObjectOutcome.Placed) first).etag());
    assertThat(((ObjectOutcome.Placed) second).proof().isOurs()).isTrue();
  }

  @Test
  void anotherObject_isAConflict_andStays_evenWithTheSameBytes() throws Exception {
    ObjectExpected expected = given("a", "hello");
    given("b", "hello");
    assertFailed(
        copy(placer(), expected),
        ObjectFailure.CONFLICT,
        key("b").toString(),
        "5 bytes",
        "did not make it for this task");
    assertThat(store.head(key("b"), null).mark()).isEmpty();
  }

  @Test
  void aCopyOfAnotherTask_isAConflict() throws Exception {
    ObjectExpected expected = given("a", "hello");
    ObjectPlacer placer = placer();
    placer.copy(key("a"), expected, key("b"), Mark.ofCopy("t-0", key("a"), expected));
    assertFailed(copy(placer, expected), ObjectFailure.CONFLICT, "something else (t-0/");
  }

  @Test
  void aKeyThatAppearsMeanwhile_isAConflict_andStays() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.before(COPY, () -> given("b", "theirs"));
    assertFailed(copy(placer(), expected), ObjectFailure.CONFLICT, key("b").toString());
    assertThat(text("b")).isEqualTo("theirs");
  }

  @Test
  void aSourceThatChangedSinceThePlan_isTold_andNothingIsMade() throws Exception {
    ObjectExpected planned = given("a", "hello");
    given("a", "other");
    assertFailed(copy(placer(), planned), ObjectFailure.SOURCE_CHANGED, key("a").toString());
    assertThat(wire.count(COPY)).isZero();
    ObjectExpected wrongSize = new ObjectExpected(given("a", "hello").etag(), 4);
    assertFailed(copy(placer(), wrongSize), ObjectFailure.SOURCE_CHANGED, "it has 5 bytes");
    assertThat(isThere("b")).isFalse();
  }

  @Test
  void aSourceThatIsOverwrittenMeanwhile_isTold_andNothingIsMade() throws Exception {
    ObjectExpected planned = given("a", "hello");
    wire.before(COPY, () -> given("a", "other"));
    assertFailed(copy(placer(), planned), ObjectFailure.SOURCE_CHANGED);
    assertThat(isThere("b")).isFalse();
  }

  @Test
  void aSourceThatIsGone_isTold() throws Exception {
    ObjectExpected planned = new ObjectExpected("\"0\"", 5);
    assertFailed(copy(placer(), planned), ObjectFailure.SOURCE_MISSING, key("a").toString());
    ObjectExpected expected = given("a", "hello");
    wire.before(
        COPY,
        () ->
            S3ProxyServer.shared()
                .plain()
                .deleteObject(b -> b.bucket(place.bucket()).key(key("a").key())));
    assertFailed(copy(placer(), expected), ObjectFailure.SOURCE_MISSING);
  }

  @Test
  void aLostAnswer_isSettledByLooking() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.losingAnswer(COPY, 1);
    assertPlaced(copy(placer(), expected), Proof.MARK);
    assertThat(text("b")).isEqualTo("hello");
  }

  @Test
  void answersThatAreLostAlways_areSettledByLooking() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.losingAnswer(COPY, Integer.MAX_VALUE);
    assertPlaced(copy(placer(), expected), Proof.MARK);
  }

  @Test
  void requestsThatNeverArrive_areUnknown_afterABoundedNumber() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.with(COPY, Integer.MAX_VALUE, Exchange::drop);
    assertFailed(copy(placer(), expected), ObjectFailure.UNKNOWN, "no whole answer came");
    assertThat(wire.count(COPY)).as("3 tries of 4 attempts").isEqualTo(12);
  }

  @Test
  void slowDown_isRepeated_andCounted() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(COPY, 3, 503, "SlowDown");
    assertPlaced(copy(placer(), expected), Proof.MADE);
    assertThat(store.backOffs()).isEqualTo(3);
    assertThat(wire.count(COPY)).isEqualTo(4);
  }

  @Test
  void slowDownWithoutEnd_isToldAsThat_andNothingIsMade() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(COPY, Integer.MAX_VALUE, 503, "SlowDown");
    assertFailed(
        copy(placer(), expected),
        ObjectFailure.THROTTLED,
        "503 SlowDown",
        "as the test wants it",
        "request R-1",
        key("b").toString());
    assertThat(wire.count(COPY)).as("one try of 4 attempts").isEqualTo(4);
    assertThat(isThere("b")).isFalse();
  }

  @Test
  void anErrorInAnAnswerThatBeginsWell_isAnError() throws Exception {
    ObjectExpected expected = given("a", "hello");
    String error = "<Error><Code>InternalError</Code><Message>x</Message></Error>";
    wire.with(COPY, 1, exchange -> exchange.answer(200, error));
    assertPlaced(copy(placer(), expected), Proof.MADE);
    assertThat(text("b")).isEqualTo("hello");
    assertThat(wire.count(COPY)).isEqualTo(2);
  }

  @Test
  void aRaceWithAnotherRequest_isRepeated() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(COPY, 1, 409, "ConditionalRequestConflict");
    assertPlaced(copy(placer(), expected), Proof.MADE);
    assertThat(store.backOffs()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,DENIED",
    "400,InvalidRequest,REFUSED",
    "501,NotImplemented,REFUSED",
    "403,InvalidObjectState,SOURCE_UNREADABLE",
    "500,InternalError,UNKNOWN",
    "400,RequestTimeout,UNKNOWN"
  })
  void otherFaults_areOfThisObject(int status, String code, ObjectFailure reason) throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(COPY, Integer.MAX_VALUE, status, code);
    assertFailed(copy(placer(), expected), reason, code);
    assertThat(isThere("b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "403,SignatureDoesNotMatch,CREDENTIALS",
    "400,ExpiredToken,CREDENTIALS",
    "404,NoSuchBucket,NO_SUCH_BUCKET",
    "400,AuthorizationHeaderMalformed,WRONG_REGION",
    "507,QuotaExceeded,FULL"
  })
  void faultsOfTheWholeStore_stop_withoutASecret(int status, String code, FaultKind kind)
      throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(COPY, Integer.MAX_VALUE, status, code);
    ObjectPlacer placer = placer();
    ObjectFault fault = catchThrowableOfType(ObjectFault.class, () -> copy(placer, expected));
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.requestId()).isEqualTo("R-1");
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(S3ProxyServer.SECRET);
    }
  }

  @Test
  void metadataThatNoRequestCanRepeat_isKeptByACopyWithoutMark() throws Exception {
    // What comes back of other characters than ASCII's is an encoding of them.
    String encoded = "=?UTF-8?B?w6k=?=";
    S3ProxyServer.shared()
        .plain()
        .putObject(
            b -> b.bucket(place.bucket()).key(key("a").key()).metadata(Map.of("x", encoded)),
            RequestBody.fromString("hello"));
    ObjectExpected expected = ObjectExpected.of(store.head(key("a"), null).stat());
    ObjectPlacer placer = placer();
    assertPlaced(copy(placer, expected), Proof.MADE_UNMARKED);
    assertThat(store.head(key("b"), null).content().metadata()).isEqualTo(Map.of("x", encoded));
    assertPlaced(copy(placer, expected), Proof.SAME_BYTES);
    assertThat(Proof.SAME_BYTES.isOurs()).isFalse();
  }

  @Test
  void metadataWithoutRoomForAMark_isKeptByACopyWithoutMark() throws Exception {
    String large = "x".repeat(2_010);
    S3ProxyServer.shared()
        .plain()
        .putObject(
            b -> b.bucket(place.bucket()).key(key("a").key()).metadata(Map.of("x", large)),
            RequestBody.fromString("hello"));
    ObjectExpected expected = ObjectExpected.of(store.head(key("a"), null).stat());
    assertPlaced(copy(placer(), expected), Proof.MADE_UNMARKED);
    assertThat(store.head(key("b"), null).content().metadata()).isEqualTo(Map.of("x", large));
    assertThat(wire.seen(COPY).getFirst().header("x-amz-metadata-directive")).isEmpty();
  }

  @Test
  void storageClassOfTheSource_isAskedFor_exceptArchives() throws Exception {
    for (String of : new String[] {"STANDARD_IA", "GLACIER"}) {
      S3ProxyServer.shared()
          .plain()
          .putObject(
              b -> b.bucket(place.bucket()).key(key(of).key()).storageClass(of),
              RequestBody.fromString("hello"));
      ObjectHead head = store.head(key(of), null);
      assertThat(head.stat().storageClass()).isEqualTo(of);
      ObjectExpected expected = ObjectExpected.of(head.stat());
      placer().copy(key(of), expected, key("c/" + of), Mark.ofCopy(TASK, key(of), expected));
    }
    assertThat(wire.seen(COPY).stream().map(r -> r.header("x-amz-storage-class")))
        .containsExactly("STANDARD_IA", "STANDARD");
  }
}
