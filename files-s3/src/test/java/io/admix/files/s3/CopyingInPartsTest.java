package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.files.object.FaultKind;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectExpected;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectOutcome.Proof;
import io.admix.files.object.ObjectPlacer;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.PartLimits;
import io.admix.files.object.UploadJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Copies in parts: of what is too large for one request, and in stores whose copies overwrite. */
final class CopyingInPartsTest extends WiredTest {
  private static final PartLimits LIMITS = new PartLimits(PART, PART, PART, PART, 3);
  private static final Predicate<Wire.Request> COMPLETE = Wire.Request::isComplete;
  private static final Predicate<Wire.Request> PARTS = Wire.Request::isPart;

  @Test
  void aLargeCopy_isMadeInParts_andIsTheSame() throws Exception {
    byte[] bytes = random(3 * PART + 1);
    ObjectExpected expected = given("a", bytes);
    assertPlaced(copy(placer(LIMITS), expected), Proof.MADE);
    assertThat(bytes("b")).isEqualTo(bytes);
    Mark mark = Mark.ofCopy(TASK, key("a"), expected);
    ObjectHead head = store.head(key("b"), null);
    assertThat(head.content()).isEqualTo(CONTENT.with(Mark.NAME, mark.value()));
    assertThat(head.stat().etag()).as("not the source's").isNotEqualTo(expected.etag());
    Set<String> ranges =
        wire.seen(PARTS).stream()
            .map(r -> r.header("x-amz-copy-source-range"))
            .collect(Collectors.toSet());
    assertThat(ranges)
        .containsExactlyInAnyOrder(
            "bytes=0-5242879",
            "bytes=5242880-10485759",
            "bytes=10485760-15728639",
            "bytes=15728640-15728640");
    assertThat(wire.seen(PARTS))
        .allSatisfy(
            r -> assertThat(r.header("x-amz-copy-source-if-match")).isEqualTo(expected.etag()));
    assertThat(wire.seen(COMPLETE))
        .singleElement()
        .satisfies(r -> assertThat(r.header("if-none-match")).isEqualTo("*"));
    assertThat(journal.begun).hasSize(1);
  }

  @Test
  void aCopyInPartsThatIsThere_isDone() throws Exception {
    ObjectExpected expected = given("a", "hello");
    copy(placer(LIMITS.copyingInParts()), expected);
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MARK);
    assertThat(store.uploads(place, null)).isEmpty();
  }

  @Test
  void whereCopiesOverwrite_partsDoNot() throws Exception {
    ObjectExpected expected = given("a", "hello");
    given("b", "theirs");
    assertFailed(copy(placer(LIMITS.copyingInParts()), expected), ObjectFailure.CONFLICT);
    assertThat(text("b")).isEqualTo("theirs");
    assertThat(store.uploads(place, null)).isEmpty();
  }

  @Test
  void whereCopiesOverwrite_anEmptyObjectIsPut() throws Exception {
    ObjectExpected expected = given("a", "");
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MADE);
    assertThat(bytes("b")).isEmpty();
    assertThat(store.head(key("b"), null).content().metadata()).containsEntry("colour", "blue");
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MARK);
  }

  @Test
  void tagsAndStorageClass_areAskedFor() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.with(
        r -> r.target().endsWith("?tagging"),
        1,
        exchange ->
            exchange.answer(
                200,
                "<Tagging><TagSet><Tag><Key>team</Key><Value>a&amp;b</Value></Tag><Tag><Key>keep</Key><Value></Value></Tag></TagSet></Tagging>"));
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MADE);
    assertThat(wire.seen(Wire.Request::isBegin))
        .singleElement()
        .satisfies(r -> {
          assertThat(r.header("x-amz-tagging")).isEqualTo("keep=&team=a%26b");
          assertThat(r.header("x-amz-storage-class")).isEqualTo("STANDARD");
        });
  }

  @Test
  void tagsThatMayNotBeRead_failTheObject_beforeAnythingIsMade() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(r -> r.target().endsWith("?tagging"), 1, 403, "AccessDenied");
    assertFailed(
        copy(placer(LIMITS.copyingInParts()), expected),
        ObjectFailure.SOURCE_UNREADABLE,
        "GetObjectTagging");
    assertThat(wire.count(Wire.Request::isBegin)).isZero();
  }

  @Test
  void aSourceThatIsOverwrittenBetweenTwoParts_isTold_andNothingIsLeft() throws Exception {
    ObjectExpected expected = given("a", random(2 * PART));
    wire.before(r -> r.target().contains("partNumber=2"), () -> given("a", random(2 * PART - 1)));
    assertFailed(
        copy(placer(new PartLimits(1, PART, PART, PART, 1)), expected),
        ObjectFailure.SOURCE_CHANGED);
    assertThat(isThere("b")).isFalse();
    assertThat(store.uploads(place, null)).isEmpty();
  }

  @Test
  void aKeyThatAppearsBeforeTheLastStep_isAConflict_andStays() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.before(COMPLETE, () -> given("b", "theirs"));
    assertFailed(copy(placer(LIMITS.copyingInParts()), expected), ObjectFailure.CONFLICT);
    assertThat(text("b")).isEqualTo("theirs");
    assertThat(store.uploads(place, null)).isEmpty();
  }

  @Test
  void aLostAnswerOfTheLastStep_isSettledByLooking() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.losingAnswer(COMPLETE, Integer.MAX_VALUE);
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MARK);
    assertThat(text("b")).isEqualTo("hello");
  }

  @Test
  void anErrorInAnAnswerThatBeginsWell_isAnError() throws Exception {
    ObjectExpected expected = given("a", "hello");
    String error = "<Error><Code>InternalError</Code><Message>x</Message></Error>";
    wire.with(COMPLETE, 1, exchange -> exchange.answer(200, error));
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MADE);
    assertThat(text("b")).isEqualTo("hello");
  }

  @Test
  void anUploadThatIsGone_isBegunAgain() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(COMPLETE, 1, 404, "NoSuchUpload");
    assertPlaced(copy(placer(LIMITS.copyingInParts()), expected), Proof.MADE);
    assertThat(journal.begun).hasSize(2);
    assertThat(store.uploads(place, null)).isEmpty();
  }

  @Test
  void anUploadThatCannotBeAborted_staysInTheJournal_andIsAbortedLater() throws Exception {
    ObjectExpected expected = given("a", "hello");
    wire.failing(PARTS, Integer.MAX_VALUE, 403, "AccessDenied");
    wire.failing(r -> r.method().equals("DELETE"), Integer.MAX_VALUE, 403, "AccessDenied");
    assertFailed(copy(placer(LIMITS.copyingInParts()), expected), ObjectFailure.DENIED);
    assertThat(journal.open).hasSize(1);
    wire.heal();
    assertThat(store.uploads(place, null)).containsExactlyElementsOf(journal.open);
    for (var upload : Set.copyOf(journal.open)) {
      store.abort(upload);
      journal.ended(upload);
    }
    assertThat(store.uploads(place, null)).isEmpty();
  }

  @Test
  void anUploadThatCannotBeNoted_isAborted_andItsKeyWasNotedBefore() throws Exception {
    ObjectExpected expected = given("a", "hello");
    List<ObjectKey> beginning = new ArrayList<>();
    UploadJournal broken =
        new UploadJournal() {
          @Override
          public void beginning(ObjectKey key) {
            beginning.add(key);
          }

          @Override
          public void begun(ObjectStore.Upload upload) {
            throw new UncheckedIOException(new IOException("no room"));
          }

          @Override
          public void ended(ObjectStore.Upload upload) {}
        };
    ObjectPlacer placer = new ObjectPlacer(store, LIMITS.copyingInParts(), broken);
    assertThatThrownBy(() -> copy(placer, expected)).hasMessageContaining("no room");
    assertThat(store.uploads(place, null)).isEmpty();
    assertThat(beginning).hasSize(1);
  }

  @Test
  void anInterruption_stops_andLeavesNothing() throws Exception {
    ObjectExpected expected = given("a", random(2 * PART));
    Thread here = Thread.currentThread();
    wire.before(r -> r.target().contains("partNumber=1"), here::interrupt);
    ObjectFault fault =
        catchThrowableOfType(
            ObjectFault.class,
            () -> copy(placer(new PartLimits(1, PART, PART, PART, 2)), expected));
    assertThat(Thread.interrupted()).as("still told to the caller").isTrue();
    assertThat(fault.kind()).isEqualTo(FaultKind.INTERRUPTED);
    assertThat(store.uploads(place, null)).isEmpty();
    assertThat(isThere("b")).isFalse();
  }

  /** A copy of one part, whose upload is gone when it is completed: so is the right to make it. */
  @Test
  void oneWhoseUploadWasEndedByItsSuccessor_beginsNoOther() throws Exception {
    ObjectExpected expected = given("a", "hello");
    AtomicBoolean isReplaced = new AtomicBoolean();
    wire.before(
        Wire.Request::isComplete,
        () -> {
          isReplaced.set(true);
          var plain = S3ProxyServer.shared().plain();
          plain
              .listMultipartUploads(b -> b.bucket(place.bucket()).prefix(place.prefix()))
              .uploads()
              .forEach(u ->
                  plain.abortMultipartUpload(
                      b -> b.bucket(place.bucket()).key(u.key()).uploadId(u.uploadId())));
        });
    ObjectPlacer placer =
        placer(new PartLimits(1, PART, PART, PART, 1))
            .asking(() -> {
              if (isReplaced.get()) {
                throw new IllegalStateException("replaced");
              }
            });
    assertThatThrownBy(() -> copy(placer, expected)).hasMessage("replaced");
    assertThat(wire.count(Wire.Request::isBegin)).isEqualTo(1);
    assertThat(isThere("b")).isFalse();
  }

  @Test
  void oneWhoIsReplacedBetweenTwoParts_leavesNoUpload() throws Exception {
    ObjectExpected expected = given("a", "hello");
    AtomicInteger asked = new AtomicInteger();
    ObjectPlacer placer =
        placer(new PartLimits(1, PART, PART, PART, 1))
            .asking(() -> {
              if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("replaced");
              }
            });
    assertThatThrownBy(() -> copy(placer, expected)).hasMessage("replaced");
    assertThat(wire.count(Wire.Request::isBegin)).isEqualTo(1);
    assertThat(isThere("b")).isFalse();
  }
}
