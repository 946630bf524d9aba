package io.admix.files.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.core.name.Utf8;
import io.admix.files.object.ObjectStore.NewObject;
import io.admix.files.object.ObjectStore.Part;
import io.admix.files.object.ObjectStore.Reading;
import io.admix.files.object.ObjectStore.Upload;
import io.admix.files.object.ObjectStore.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What holds for every {@link ObjectStore}. */
public abstract class ObjectStoreContract {
  /** Least size of a part that is not the last. */
  protected static final int PART = 5 << 20;

  protected static final Content CONTENT =
      new Content(
          Map.of("colour", "blue", "seen-by", "A. Reader"),
          "image/x-test",
          "identity",
          "de",
          "inline; filename=\"a.png\"",
          "max-age=60",
          null);

  /** The store under test. */
  protected abstract ObjectStore store();

  /** An empty place of its own for each test. */
  protected abstract ObjectPlace place();

  /** Makes so many small objects {@code n/00000}, {@code n/00001} and so on, by any way. */
  protected abstract void fill(int count) throws Exception;

  /** Whether a copy onto an object is refused. */
  protected boolean heedsCopyIfAbsent() {
    return true;
  }

  protected final ObjectKey key(String path) {
    return place().object(path);
  }

  protected final Written put(String path, String text) throws ObjectFault {
    return put(key(path), text, Content.NONE);
  }

  protected final Written put(ObjectKey key, String text, Content content) throws ObjectFault {
    return store().put(new NewObject(key, content, "STANDARD", Map.of()), body(text));
  }

  protected static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  protected final String text(ObjectKey key) throws Exception {
    ObjectHead head = store().head(key, null);
    if (head.stat().size() == 0) {
      return "";
    }
    Reading reading = store().open(key, head.stat().etag(), 0);
    try (var bytes = reading.bytes()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  protected static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  protected static ObjectFault assertKind(FaultKind kind, ThrowingCallable call) {
    ObjectFault fault = catchThrowableOfType(ObjectFault.class, call);
    assertThat(fault).as("a fault").isNotNull();
    assertThat(fault.kind()).as(fault.words()).isEqualTo(kind);
    return fault;
  }

  @Test
  protected void put_makesAnObjectWithAllThatItCarries() throws Exception {
    Written written = put(key("a"), "hello", CONTENT);
    ObjectHead head = store().head(key("a"), written.etag());
    assertThat(head.stat().key()).isEqualTo(key("a").key());
    assertThat(head.stat().size()).isEqualTo(5);
    assertThat(head.stat().etag()).isEqualTo(written.etag());
    assertThat(head.stat().storageClass()).isEqualTo("STANDARD");
    assertThat(head.stat().modifiedMs()).isPositive();
    assertThat(head.content()).isEqualTo(CONTENT);
    assertThat(head.mark()).isEmpty();
    assertThat(text(key("a"))).isEqualTo("hello");
  }

  @Test
  protected void put_neverOverwrites() throws Exception {
    put("a", "first");
    assertKind(FaultKind.PRECONDITION, () -> put("a", "second"));
    assertThat(text(key("a"))).isEqualTo("first");
  }

  @Test
  protected void head_tellsWhatIsNotThere_andWhatIsAnother() throws Exception {
    put("a", "hello");
    assertKind(FaultKind.NO_SUCH_KEY, () -> store().head(key("b"), null));
    assertKind(FaultKind.PRECONDITION, () -> store().head(key("a"), "\"0\""));
  }

  @Test
  protected void list_goesInOrder_andOnAfterAnyKey() throws Exception {
    for (String path : List.of("b", "a/2", "a/1", "a!", "é", "z")) {
      put(path, path);
    }
    List<String> all = paths(null, 1_000);
    assertThat(all).containsExactly("a!", "a/1", "a/2", "b", "z", "é");
    assertThat(paths(key("a/2").key(), 1_000)).containsExactly("b", "z", "é");
    assertThat(paths(key("a/1x").key(), 1_000)).as("a key that is not there").startsWith("a/2");
    ObjectStore.Page page = store().list(place().bucket(), place().prefix(), null, 2);
    assertThat(page.objects()).hasSize(2);
    assertThat(page.isLast()).isFalse();
    assertThat(page.objects().getFirst().size()).isEqualTo(2);
    assertThat(page.objects().getFirst().etag())
        .isEqualTo(store().head(key("a!"), null).stat().etag());
  }

  @Test
  protected void list_ofNothing_isEmpty_andOfNoBucket_isTold() throws Exception {
    ObjectStore.Page page = store().list(place().bucket(), place().prefix(), null, 1_000);
    assertThat(page.objects()).isEmpty();
    assertThat(page.isLast()).isTrue();
    assertKind(
        FaultKind.NO_SUCH_BUCKET, () -> store().list("there-is-no-such-bucket", "x/", null, 10));
  }

  @Test
  protected void scan_readsMoreThanOnePage_once_andGoesOnWhereItEnded() throws Exception {
    fill(1_005);
    List<String> made = IntStream.range(0, 1_005).mapToObj("n/%05d"::formatted).toList();
    List<String> seen = new ArrayList<>();
    ObjectScan scan = new ObjectScan(store());
    scan.scan(place(), null, (path, stat) -> seen.add(path));
    assertThat(seen).isEqualTo(made);
    List<String> rest = new ArrayList<>();
    new ObjectScan(store(), 300)
        .scan(place(), key("n/00499").key(), (path, stat) -> rest.add(path));
    assertThat(rest).isEqualTo(made.subList(500, 1_005));
  }

  @Test
  protected void oddNames_areTheSameInEveryRequest() throws Exception {
    List<String> odd =
        List.of(
            "a b",
            "a+b",
            "100%",
            "%41",
            "ü😀",
            "q?x&y=z#f",
            "new\nline",
            "cr\rx",
            "tab\tx",
            "ctl\u0001x",
            "back\\slash",
            "'\"<>",
            ".hid",
            "~!@$^*(){}[]|;:,",
            "e\u0301",
            "x=?y?=");
    for (String name : odd) {
      ObjectKey from = key("o/" + name);
      String etag = put(from, name, Content.NONE).etag();
      assertThat(store().head(from, etag).stat().key()).isEqualTo(from.key());
      store().copy(from, etag, key("p/" + name), "STANDARD", null);
      assertThat(text(key("p/" + name))).isEqualTo(name);
    }
    List<String> sorted = new ArrayList<>(odd);
    sorted.sort(Utf8::compare);
    assertThat(paths(key("o").key(), 1_000).stream().filter(p -> p.startsWith("o/")))
        .containsExactlyElementsOf(sorted.stream().map(n -> "o/" + n).toList());
    for (String name : odd) {
      ObjectKey from = key("o/" + name);
      store().delete(from, store().head(from, null).stat().etag());
    }
    assertThat(paths(null, 1_000)).hasSize(odd.size());
  }

  @Test
  protected void copy_keepsWhatTheSourceCarries_orGivesItAnew() throws Exception {
    String etag = put(key("a"), "hello", CONTENT).etag();
    store().copy(key("a"), etag, key("b"), "STANDARD", null);
    assertThat(store().head(key("b"), null).content()).isEqualTo(CONTENT);
    Content other = Content.NONE.with("colour", "red").ofType("text/x-other");
    store().copy(key("a"), etag, key("c"), "STANDARD", other);
    assertThat(store().head(key("c"), null).content()).isEqualTo(other);
    assertThat(text(key("c"))).isEqualTo("hello");
  }

  @Test
  protected void copy_isOfThePlannedSource_orNotAtAll() throws Exception {
    put("a", "hello");
    assertKind(
        FaultKind.PRECONDITION, () -> store().copy(key("a"), "\"0\"", key("b"), "STANDARD", null));
    assertKind(
        FaultKind.NO_SUCH_KEY,
        () -> store().copy(key("none"), "\"0\"", key("b"), "STANDARD", null));
    assertKind(FaultKind.NO_SUCH_KEY, () -> store().head(key("b"), null));
  }

  @Test
  protected void copy_neverOverwrites_whereTheProbeSaysSo() throws Exception {
    String etag = put("a", "hello").etag();
    put("b", "other");
    if (heedsCopyIfAbsent()) {
      assertKind(
          FaultKind.PRECONDITION, () -> store().copy(key("a"), etag, key("b"), "STANDARD", null));
      assertThat(text(key("b"))).isEqualTo("other");
    }
    assertThat(ObjectProbe.tried(store(), place()).copyIfAbsent()).isEqualTo(heedsCopyIfAbsent());
  }

  @Test
  protected void parts_makeOneObject_orNothing() throws Exception {
    byte[] bytes = random(PART + 3);
    String etag =
        store().put(new NewObject(key("a"), CONTENT, "STANDARD", Map.of()), Body.of(bytes)).etag();
    Upload upload = store().begin(new NewObject(key("b"), CONTENT, "STANDARD", Map.of()), false);
    List<Part> parts =
        List.of(
            store().copyPart(upload, 1, key("a"), etag, 0, PART - 1),
            store().copyPart(upload, 2, key("a"), etag, PART, PART + 2));
    assertThat(store().uploads(place(), null)).containsExactly(upload);
    assertThat(store().uploads(place(), upload)).isEmpty();
    assertKind(FaultKind.NO_SUCH_KEY, () -> store().head(key("b"), null));
    Written written = store().complete(upload, parts);
    ObjectHead head = store().head(key("b"), written.etag());
    assertThat(head.stat().size()).isEqualTo(PART + 3);
    assertThat(head.content()).isEqualTo(CONTENT);
    try (var stream = store().open(key("b"), written.etag(), 0).bytes()) {
      assertThat(stream.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(store().uploads(place(), null)).isEmpty();
  }

  @Test
  protected void parts_neverOverwrite_andAreThrownAway() throws Exception {
    put("a", "first");
    Upload upload =
        store().begin(new NewObject(key("a"), Content.NONE, "STANDARD", Map.of()), true);
    Part part = store().putPart(upload, 1, body("second"));
    assertKind(FaultKind.PRECONDITION, () -> store().complete(upload, List.of(part)));
    assertThat(text(key("a"))).isEqualTo("first");
    store().abort(upload);
    assertThat(store().uploads(place(), null)).isEmpty();
    store().abort(upload);
  }

  @Test
  protected void parts_ofAnotherSource_areRefused() throws Exception {
    put("a", "hello");
    Upload upload =
        store().begin(new NewObject(key("b"), Content.NONE, "STANDARD", Map.of()), false);
    assertKind(FaultKind.PRECONDITION, () -> store().copyPart(upload, 1, key("a"), "\"0\"", 0, 4));
    store().abort(upload);
  }

  @Test
  protected void open_readsFromAnyByte_ofTheRightObject() throws Exception {
    String etag = put("a", "hello").etag();
    try (var bytes = store().open(key("a"), etag, 2).bytes()) {
      assertThat(bytes.readAllBytes()).asString().isEqualTo("llo");
    }
    assertThat(store().open(key("a"), etag, 2).head().stat().size()).isEqualTo(5);
    assertKind(FaultKind.PRECONDITION, () -> store().open(key("a"), "\"0\"", 0));
    assertKind(FaultKind.NO_SUCH_KEY, () -> store().open(key("b"), etag, 0));
  }

  @Test
  protected void closingEarly_leavesTheStoreUsable() throws Exception {
    byte[] bytes = random(3 << 20);
    String etag =
        store()
            .put(new NewObject(key("a"), Content.NONE, "STANDARD", Map.of()), Body.of(bytes))
            .etag();
    // More often than there are connections.
    for (int i = 0; i < 40; i++) {
      try (var stream = store().open(key("a"), etag, 0).bytes()) {
        assertThat(stream.read()).isEqualTo(bytes[0] & 0xff);
      }
    }
  }

  @Test
  protected void delete_isOfTheRightObject_andOfNothingTwice() throws Exception {
    String etag = put("a", "hello").etag();
    assertKind(FaultKind.PRECONDITION, () -> store().delete(key("a"), "\"0\""));
    assertThat(text(key("a"))).isEqualTo("hello");
    store().delete(key("a"), etag);
    assertKind(FaultKind.NO_SUCH_KEY, () -> store().head(key("a"), null));
    store().delete(key("a"), null);
  }

  @Test
  protected void probe_tellsWhatTheStoreDoes_andLeavesNothing() throws Exception {
    ObjectAbilities abilities = ObjectProbe.tried(store(), place());
    assertThat(abilities.putIfAbsent()).isTrue();
    assertThat(abilities.completeIfAbsent()).isTrue();
    assertThat(abilities.copyPinned()).isTrue();
    assertThat(abilities.deleteIfMatch()).isTrue();
    assertThat(abilities.problemAsTarget(place())).isEmpty();
    assertThat(paths(null, 10)).isEmpty();
    assertThat(store().uploads(place(), null)).isEmpty();
  }

  private List<String> paths(String after, int most) throws ObjectFault {
    int prefix = place().prefix().length();
    return store().list(place().bucket(), place().prefix(), after, most).objects().stream()
        .map(stat -> stat.key().substring(prefix))
        .toList();
  }
}
