package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.object.Body;
import io.admix.files.object.Content;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectExpected;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectOutcome.Failed;
import io.admix.files.object.ObjectOutcome.Placed;
import io.admix.files.object.ObjectOutcome.Proof;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectPlacer;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.PartLimits;
import io.admix.files.object.UploadJournal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;

/** A store over S3Proxy, behind a wire of its own for each test. */
abstract class WiredTest {
  static final int PART = 5 << 20;
  static final String TASK = "t-1";
  static final Content CONTENT =
      new Content(
          java.util.Map.of("colour", "blue"), "image/x-test", null, "de", null, "max-age=60", null);

  static final Predicate<Wire.Request> COPY = r -> r.isCopy() && !r.isPart();
  static final Predicate<Wire.Request> PUT =
      r -> r.method().equals("PUT") && !r.isCopy() && !r.isPart();

  private static String bucket;
  private static int places;

  Wire wire;
  ObjectStore store;
  ObjectPlace place;
  final Journal journal = new Journal();

  @BeforeEach
  void open() throws Exception {
    synchronized (WiredTest.class) {
      bucket = bucket == null ? S3ProxyServer.shared().bucket() : bucket;
      place = new ObjectPlace(bucket, "p" + places++ + "/");
    }
    wire = new Wire(S3ProxyServer.shared().port());
    store = S3ProxyServer.store(wire.port());
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    wire.close();
    assertThat(journal.open).as("uploads that are left in the journal").isEmpty();
  }

  ObjectPlacer placer(PartLimits limits) {
    return new ObjectPlacer(store, limits, journal);
  }

  ObjectPlacer placer() {
    ConditionalCopies.over(wire);
    return placer(PartLimits.DEFAULT);
  }

  ObjectKey key(String path) {
    return place.object(path);
  }

  /** Puts past the wire, over whatever is there. */
  ObjectExpected given(String path, byte[] bytes) {
    var r =
        S3ProxyServer.shared()
            .plain()
            .putObject(
                b ->
                    b.bucket(place.bucket())
                        .key(key(path).key())
                        .metadata(CONTENT.metadata())
                        .contentType(CONTENT.type())
                        .contentLanguage(CONTENT.language())
                        .cacheControl(CONTENT.cacheControl()),
                RequestBody.fromBytes(bytes));
    return new ObjectExpected(r.eTag(), bytes.length);
  }

  ObjectExpected given(String path, String text) {
    return given(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads past the wire. */
  byte[] bytes(String path) {
    return S3ProxyServer.shared()
        .plain()
        .getObjectAsBytes(b -> b.bucket(place.bucket()).key(key(path).key()))
        .asByteArray();
  }

  String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  boolean isThere(String path) {
    return !S3ProxyServer.shared()
        .plain()
        .listObjectsV2(b -> b.bucket(place.bucket()).prefix(key(path).key()))
        .contents()
        .isEmpty();
  }

  ObjectOutcome copy(ObjectPlacer placer, ObjectExpected expected) throws ObjectFault {
    return placer.copy(key("a"), expected, key("b"), Mark.ofCopy(TASK, key("a"), expected));
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static void assertPlaced(ObjectOutcome outcome, Proof proof) {
    assertThat(outcome)
        .isInstanceOfSatisfying(Placed.class, p -> assertThat(p.proof()).isEqualTo(proof));
  }

  static void assertFailed(ObjectOutcome outcome, ObjectFailure reason, String... words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class,
            f -> {
              assertThat(f.reason()).as(f.detail()).isEqualTo(reason);
              assertThat(f.detail()).isNotEmpty();
              for (String word : words) {
                assertThat(f.detail()).contains(word);
              }
            });
  }

  /** Remembers uploads as an engine would. */
  static final class Journal implements UploadJournal {
    final Set<ObjectStore.Upload> open = new HashSet<>();
    final List<ObjectStore.Upload> begun = new ArrayList<>();

    @Override
    public synchronized void begun(ObjectStore.Upload upload) {
      open.add(upload);
      begun.add(upload);
    }

    @Override
    public synchronized void ended(ObjectStore.Upload upload) {
      open.remove(upload);
    }
  }
}
