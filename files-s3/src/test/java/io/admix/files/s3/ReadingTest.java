package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.files.object.Checksum;
import io.admix.files.object.FaultKind;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectExpected;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectRemover.Removal;
import io.admix.files.object.ObjectScan;
import io.admix.files.object.ObjectStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Objects that are read, listed and removed. */
final class ReadingTest extends WiredTest {
  private static final Predicate<Wire.Request> GET = r -> r.method().equals("GET") && !r.isList();

  private byte[] read(ObjectExpected expected) throws Exception {
    try (ObjectStream stream = ObjectStream.open(store, key("a"), expected)) {
      return stream.readAllBytes();
    }
  }

  private ObjectFault fault(ObjectExpected expected) {
    return catchThrowableOfType(ObjectFault.class, () -> read(expected));
  }

  @Test
  void bytes_areThePlannedOnes_andChecked() throws Exception {
    byte[] bytes = random(300_000);
    ObjectExpected expected = given("a", bytes);
    assertThat(read(expected)).isEqualTo(bytes);
    try (ObjectStream stream = ObjectStream.open(store, key("a"), expected)) {
      assertThat(stream.checkedBy()).contains(Checksum.Algorithm.MD5);
    }
    assertThat(read(given("a", ""))).isEmpty();
  }

  @Test
  void aConnectionThatBreaksOff_isGoneOnFrom() throws Exception {
    byte[] bytes = random(300_000);
    ObjectExpected expected = given("a", bytes);
    wire.with(GET, 1, exchange -> exchange.cutAfter(100_000));
    wire.with(GET, 1, exchange -> exchange.cutAfter(50_000));
    assertThat(read(expected)).isEqualTo(bytes);
    assertThat(wire.seen(GET))
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.header("if-match")).isEqualTo(expected.etag()));
    assertThat(wire.seen(GET).getLast().header("range")).matches("bytes=[0-9]+-");
  }

  @Test
  void aRangeThatIsNotHeeded_isTold_beforeItsBytesAreTaken() throws Exception {
    byte[] bytes = random(300_000);
    ObjectExpected expected = given("a", bytes);
    wire.with(GET, 1, exchange -> exchange.cutAfter(100_000));
    wire.with(GET, 1, exchange -> exchange.answerWhole(expected.etag(), bytes));
    assertThat(fault(expected).words()).contains("asked for the range", "gave another one");
  }

  @Test
  void connectionsThatBringNothing_endAfterABoundedNumber() throws Exception {
    ObjectExpected expected = given("a", random(300_000));
    wire.with(GET, Integer.MAX_VALUE, exchange -> exchange.cutAfter(0));
    assertThat(fault(expected).kind()).isEqualTo(FaultKind.NO_ANSWER);
  }

  @Test
  void aByteThatIsAnother_isTold_atTheEnd() throws Exception {
    ObjectExpected expected = given("a", random(1_000));
    wire.with(GET, 1, exchange -> exchange.spoil(500));
    assertThat(fault(expected).kind()).isEqualTo(FaultKind.CORRUPTED);
    assertThat(fault(expected)).as("read again").isNull();
  }

  @Test
  void anObjectThatChanged_isTold_beforeOrWhileItIsRead() throws Exception {
    ObjectExpected planned = given("a", random(300_000));
    given("a", "other");
    assertThat(fault(planned).kind()).isEqualTo(FaultKind.PRECONDITION);
    ObjectExpected expected = given("a", random(300_000));
    wire.with(GET, 1, exchange -> exchange.cutAfter(100_000));
    wire.before(r -> GET.test(r) && !r.header("range").isEmpty(), () -> given("a", "other"));
    assertThat(fault(expected).kind()).isEqualTo(FaultKind.PRECONDITION);
    assertThat(fault(new ObjectExpected(given("a", "hello").etag(), 4)).kind())
        .isEqualTo(FaultKind.PRECONDITION);
  }

  @Test
  void pagesThatComeSlowly_fail_orBreakOff_areReadOnce() throws Exception {
    S3ProxyServer.shared().fill(place, 12);
    wire.with(Wire.Request::isList, 1, Exchange::dribble);
    wire.failing(Wire.Request::isList, 2, 503, "SlowDown");
    wire.losingAnswer(Wire.Request::isList, 1);
    List<String> seen = new ArrayList<>();
    new ObjectScan(store).scan(place, null, (path, stat) -> seen.add(path));
    assertThat(seen).hasSize(12).doesNotHaveDuplicates();
    seen.clear();
    new ObjectScan(store).scan(place, place.prefix() + "n/00003", (path, stat) -> seen.add(path));
    assertThat(seen).hasSize(8);
    assertThat(store.backOffs()).isEqualTo(2);
  }

  @Test
  void keysThatAreNoSafePaths_areCounted() throws Exception {
    for (String key : List.of("ok", "dir/", "_ADMIX/manifest", ".admix-x/f", "d/.admix-y")) {
      S3ProxyServer.shared()
          .plain()
          .putObject(
              b -> b.bucket(place.bucket()).key(place.prefix() + key),
              software.amazon.awssdk.core.sync.RequestBody.fromString("x"));
    }
    List<String> seen = new ArrayList<>();
    ObjectScan.Skipped skipped =
        new ObjectScan(store).scan(place, null, (path, stat) -> seen.add(path));
    assertThat(seen).containsExactly("ok");
    assertThat(skipped).isEqualTo(new ObjectScan.Skipped(1, 0, 3));
  }

  /** A page of a listing, keys percent-encoded as they are asked for. */
  private static String page(boolean isLast, String... keys) {
    StringBuilder xml = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
    xml.append("<IsTruncated>").append(!isLast).append("</IsTruncated>");
    for (String key : keys) {
      xml.append("<Contents><Key>")
          .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
          .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>")
          .append("<ETag>&quot;0&quot;</ETag><Size>1</Size></Contents>");
    }
    return xml + "</ListBucketResult>";
  }

  @Test
  void keysThatLeadOutOfThePlace_areCounted_andNotHandedOut() throws Exception {
    String at = place.prefix();
    wire.with(
        Wire.Request::isList,
        1,
        exchange ->
            exchange.answer(
                200,
                page(
                    true,
                    at + "../x",
                    at + "./y",
                    at + "/z",
                    at + "a//b",
                    at + "b/..",
                    at + "ok +%")));
    List<String> seen = new ArrayList<>();
    ObjectScan.Skipped skipped =
        new ObjectScan(store).scan(place, null, (path, stat) -> seen.add(path));
    assertThat(seen).containsExactly("ok +%");
    assertThat(skipped).isEqualTo(new ObjectScan.Skipped(0, 5, 0));
    assertThat(wire.seen(Wire.Request::isList).getFirst().target()).contains("encoding-type=url");
  }

  @Test
  void listingsThatContradictThemselves_areTold() throws Exception {
    String at = place.prefix();
    for (String xml :
        List.of(
            page(false),
            page(true, "elsewhere/x"),
            page(true, at + "b", at + "a"),
            page(true, at + "a", at + "a"))) {
      wire.with(Wire.Request::isList, 1, exchange -> exchange.answer(200, xml));
      ObjectFault fault =
          catchThrowableOfType(
              ObjectFault.class, () -> new ObjectScan(store).scan(place, null, (path, stat) -> {}));
      assertThat(fault).as(xml).isNotNull();
      assertThat(fault.kind()).as(xml).isEqualTo(FaultKind.OTHER);
    }
  }

  @Test
  void whatWeMade_isRemoved_andNothingElse() throws Exception {
    ObjectExpected expected = given("a", "hello");
    Mark mark = Mark.ofCopy(TASK, key("a"), expected);
    copy(placer(), expected);
    ObjectRemover remover = new ObjectRemover(store);
    String etag = store.head(key("b"), null).stat().etag();
    assertThat(remover.remove(key("b"), etag, Mark.ofCopy("t-0", key("a"), expected)))
        .isEqualTo(Removal.NOT_OURS);
    assertThat(remover.remove(key("b"), "\"0\"", mark)).isEqualTo(Removal.NOT_OURS);
    wire.before(r -> r.method().equals("DELETE"), () -> given("b", "theirs"));
    assertThat(remover.remove(key("b"), etag, mark)).isEqualTo(Removal.NOT_OURS);
    assertThat(text("b")).isEqualTo("theirs");
    assertThat(remover.remove(key("c"), etag, mark)).isEqualTo(Removal.GONE);
  }

  @Test
  void aRemovalWhoseAnswerIsLost_isDone() throws Exception {
    ObjectExpected expected = given("a", "hello");
    copy(placer(), expected);
    String etag = store.head(key("b"), null).stat().etag();
    wire.losingAnswer(r -> r.method().equals("DELETE"), 1);
    assertThat(
            new ObjectRemover(store).remove(key("b"), etag, Mark.ofCopy(TASK, key("a"), expected)))
        .isEqualTo(Removal.REMOVED);
    assertThat(isThere("b")).isFalse();
  }

  @Test
  void aStoreThatCannotCompareWhileItRemoves_isTold() throws Exception {
    ObjectExpected expected = given("a", "hello");
    copy(placer(), expected);
    String etag = store.head(key("b"), null).stat().etag();
    wire.failing(r -> !r.header("if-match").isEmpty(), 1, 501, "NotImplemented");
    assertThat(
            new ObjectRemover(store).remove(key("b"), etag, Mark.ofCopy(TASK, key("a"), expected)))
        .isEqualTo(Removal.REMOVED_AFTER_LOOK);
    assertThat(isThere("b")).isFalse();
  }
}
