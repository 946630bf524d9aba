package io.admix.files.s3;

import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import io.admix.files.object.ObjectStoreProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Opens stores over the AWS SDK. */
public final class S3StoreProvider implements ObjectStoreProvider {
  /** Called by ServiceLoader. */
  public S3StoreProvider() {}

  @Override
  public ObjectStore open(ObjectSettings settings) throws ObjectFault {
    BoundedRetries retries = BoundedRetries.of(settings);
    try {
      return new S3Store(S3Clients.open(settings, retries), settings, retries);
    } catch (SdkClientException e) {
      // The region is the only thing that is looked up before the first request.
      throw new ObjectFault(
          "open",
          FaultKind.WRONG_REGION,
          S3Clients.name(settings),
          "no region is set, and the SDK's default chain finds none: set the region of the object store");
    }
  }
}
