package io.admix.files.s3;

import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.ObjectStoreContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The store over S3Proxy behind a wire that heeds conditions of copies, as Amazon's store does
 * since 2025.
 */
final class WiredStoreTest extends ObjectStoreContract {
  private static Wire wire;
  private static ObjectStore store;
  private static String bucket;

  private final ObjectPlace place = new ObjectPlace(bucket, UUID.randomUUID() + "/");

  @BeforeAll
  static void open() throws Exception {
    bucket = S3ProxyServer.shared().bucket();
    wire = ConditionalCopies.over(new Wire(S3ProxyServer.shared().port()));
    store = S3ProxyServer.store(wire.port());
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    wire.close();
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
}
