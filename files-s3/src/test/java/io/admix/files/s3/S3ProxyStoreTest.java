package io.admix.files.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectAbilities;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectProbe;
import io.admix.files.object.ObjectScan;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.ObjectStoreContract;
import io.admix.files.object.ObjectStores;
import io.admix.files.object.PartLimits;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The store over S3Proxy 4.1.0, which heeds conditions of puts, of uploads in parts and of
 * removals, but overwrites by copies, has no tags, keeps no storage class in copies, and lists by
 * UTF-16.
 */
final class S3ProxyStoreTest extends ObjectStoreContract {
  private static ObjectStore store;
  private static String bucket;

  private final ObjectPlace place = new ObjectPlace(bucket, UUID.randomUUID() + "/");

  @BeforeAll
  static void open() throws Exception {
    bucket = S3ProxyServer.shared().bucket();
    store = ObjectStores.open(S3ProxyServer.settings(S3ProxyServer.shared().port()));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected ObjectPlace place() {
    return place;
  }

  @Override
  protected void fill(int count) throws Exception {
    S3ProxyServer.shared().fill(place, count);
  }

  @Override
  protected boolean heedsCopyIfAbsent() {
    return false;
  }

  @Test
  void theServiceLoaderFindsIt_andItsNameHoldsNoSecret() {
    assertThat(store).isInstanceOf(S3Store.class);
    assertThat(store.name())
        .isEqualTo("s3 (http://127.0.0.1:" + S3ProxyServer.shared().port() + ")");
  }

  @Test
  void aStoreThatOverwritesByCopies_isCopiedToInPartsOnly() throws Exception {
    ObjectAbilities abilities = ObjectProbe.tried(store, place);
    assertThat(abilities).isEqualTo(new ObjectAbilities(true, false, true, true, true, false));
    assertThat(abilities.limits(PartLimits.DEFAULT).copyAbove()).isEqualTo(-1);
  }

  @Test
  void aListingThatIsNotInTheOrderOfBytes_isTold() throws Exception {
    put("u/\uFB01", "1");
    put("u/\uD83D\uDE00", "2");
    assertThat(
            assertKind(
                    FaultKind.OTHER,
                    () -> new ObjectScan(store).scan(place, null, (path, stat) -> {}))
                .words())
        .contains("not the order of their UTF-8 bytes");
  }
}
