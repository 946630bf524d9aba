package io.admix.files.s3;

import io.admix.core.name.Printable;
import io.admix.files.object.Body;
import io.admix.files.object.Content;
import io.admix.files.object.FaultKind;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A store over one client of the SDK. */
final class S3Store implements ObjectStore {
  private static final int UPLOADS_PAGE = 1_000;

  private final S3Client client;
  private final S3Requests requests;
  private final BoundedRetries retries;
  private final String name;

  S3Store(S3Client client, ObjectSettings settings, BoundedRetries retries) {
    this.client = client;
    this.requests = new S3Requests(settings);
    this.retries = retries;
    this.name = S3Clients.name(settings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Page list(String bucket, String prefix, @Nullable String after, int most)
      throws ObjectFault {
    ListObjectsV2Response r =
        call(
            "ListObjectsV2",
            "s3://" + bucket + "/" + Printable.of(prefix),
            () -> client.listObjectsV2(requests.list(bucket, prefix, after, most)));
    return new Page(
        r.contents().stream().map(S3Heads::stat).toList(), !Boolean.TRUE.equals(r.isTruncated()));
  }

  @Override
  public ObjectHead head(ObjectKey object, @Nullable String ifMatch) throws ObjectFault {
    HeadObjectResponse r =
        call(
            "HeadObject",
            object.toString(),
            () -> client.headObject(requests.head(object, ifMatch)));
    return S3Heads.head(object.key(), r);
  }

  @Override
  public Map<String, String> tags(ObjectKey object) throws ObjectFault {
    List<Tag> tags =
        call(
                "GetObjectTagging",
                object.toString(),
                () -> client.getObjectTagging(requests.tags(object)))
            .tagSet();
    Map<String, String> found = new HashMap<>();
    tags.forEach(tag -> found.put(tag.key(), tag.value()));
    return found;
  }

  @Override
  public Written copy(
      ObjectKey source,
      String sourceEtag,
      ObjectKey target,
      String storageClass,
      @Nullable Content content)
      throws ObjectFault {
    var r =
        call(
            "CopyObject",
            source + " → " + target,
            () ->
                client.copyObject(
                    requests.copy(source, sourceEtag, target, storageClass, content)));
    return new Written(r.copyObjectResult().eTag(), r.versionId());
  }

  @Override
  public Written put(NewObject object, Body body) throws ObjectFault {
    var r =
        call(
            "PutObject",
            object.key().toString(),
            () -> client.putObject(requests.put(object), S3Requests.body(body)));
    return new Written(r.eTag(), r.versionId());
  }

  @Override
  public Upload begin(NewObject object, boolean isSent) throws ObjectFault {
    var r =
        call(
            "CreateMultipartUpload",
            object.key().toString(),
            () -> client.createMultipartUpload(requests.begin(object, isSent)));
    return new Upload(object.key(), r.uploadId());
  }

  @Override
  public Part copyPart(
      Upload upload, int number, ObjectKey source, String sourceEtag, long first, long last)
      throws ObjectFault {
    UploadPartCopyResponse r =
        call(
            "UploadPartCopy",
            source + " → " + upload.key(),
            () ->
                client.uploadPartCopy(
                    requests.copyPart(upload, number, source, sourceEtag, first, last)));
    return new Part(number, r.copyPartResult().eTag(), null);
  }

  @Override
  public Part putPart(Upload upload, int number, Body body) throws ObjectFault {
    UploadPartResponse r =
        call(
            "UploadPart",
            upload.key().toString(),
            () -> client.uploadPart(requests.putPart(upload, number), S3Requests.body(body)));
    return new Part(number, r.eTag(), r.checksumCRC32C());
  }

  @Override
  public Written complete(Upload upload, List<Part> parts) throws ObjectFault {
    var r =
        call(
            "CompleteMultipartUpload",
            upload.key().toString(),
            () -> client.completeMultipartUpload(requests.complete(upload, parts)));
    return new Written(r.eTag(), r.versionId());
  }

  @Override
  public void abort(Upload upload) throws ObjectFault {
    AbortMultipartUploadRequest request = requests.abort(upload);
    try {
      call(
          "AbortMultipartUpload",
          upload.key().toString(),
          () -> client.abortMultipartUpload(request));
    } catch (ObjectFault f) {
      if (f.kind() != FaultKind.NO_SUCH_UPLOAD && f.kind() != FaultKind.NO_SUCH_KEY) {
        throw f;
      }
    }
  }

  @Override
  public List<Upload> uploads(ObjectPlace place, @Nullable Upload after) throws ObjectFault {
    ListMultipartUploadsRequest request = requests.uploads(place, after, UPLOADS_PAGE);
    ListMultipartUploadsResponse r =
        call("ListMultipartUploads", place.toString(), () -> client.listMultipartUploads(request));
    return r.uploads().stream()
        .map(u -> new Upload(new ObjectKey(place.bucket(), u.key()), u.uploadId()))
        .toList();
  }

  @Override
  public Reading open(ObjectKey object, String etag, long from) throws ObjectFault {
    ResponseInputStream<GetObjectResponse> answer =
        call(
            "GetObject",
            object.toString(),
            () -> client.getObject(requests.get(object, etag, from)));
    long size = from + answer.response().contentLength();
    return new Reading(S3Heads.head(object.key(), size, answer.response()), new S3Bytes(answer));
  }

  @Override
  public void delete(ObjectKey object, @Nullable String ifMatch) throws ObjectFault {
    DeleteObjectRequest request = requests.delete(object, ifMatch);
    call("DeleteObject", object.toString(), () -> client.deleteObject(request));
  }

  @Override
  public long backOffs() {
    return retries.backOffs();
  }

  @Override
  public void close() {
    client.close();
  }

  private static <T> T call(String operation, String subject, Supplier<T> request)
      throws ObjectFault {
    try {
      return request.get();
    } catch (SdkException e) {
      throw S3Faults.of(operation, subject, e);
    } catch (UncheckedIOException | IllegalStateException e) {
      // A body that could not be opened, or a client that was closed while it was used.
      ObjectFault fault =
          new ObjectFault(operation, FaultKind.NO_ANSWER, subject, String.valueOf(e.getMessage()));
      fault.initCause(e);
      throw fault;
    }
  }
}
