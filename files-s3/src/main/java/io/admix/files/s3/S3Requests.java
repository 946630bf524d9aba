package io.admix.files.s3;

import io.admix.files.object.Body;
import io.admix.files.object.Content;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectSettings;
import io.admix.files.object.ObjectStore.NewObject;
import io.admix.files.object.ObjectStore.Part;
import io.admix.files.object.ObjectStore.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * The requests as the SDK wants them. Every one that makes an object has {@code If-None-Match: *}.
 */
final class S3Requests {
  private static final String ABSENT = "*";
  private static final String BYTES = "application/octet-stream";

  private final @Nullable String payer;
  private final @Nullable String kmsKey;
  private final @Nullable ServerSideEncryption encryption;

  S3Requests(ObjectSettings settings) {
    this.payer = settings.requesterPays() ? "requester" : null;
    this.kmsKey = settings.kmsKeyId();
    this.encryption = kmsKey == null ? null : ServerSideEncryption.AWS_KMS;
  }

  ListObjectsV2Request list(String bucket, String prefix, @Nullable String after, int most) {
    return ListObjectsV2Request.builder()
        .bucket(bucket)
        .prefix(prefix)
        .startAfter(after)
        .maxKeys(most)
        // XML cannot hold every character of a key.
        .encodingType(EncodingType.URL)
        .requestPayer(payer)
        .build();
  }

  HeadObjectRequest head(ObjectKey object, @Nullable String ifMatch) {
    return HeadObjectRequest.builder()
        .bucket(object.bucket())
        .key(object.key())
        .ifMatch(ifMatch)
        .checksumMode(ChecksumMode.ENABLED)
        .requestPayer(payer)
        .build();
  }

  GetObjectTaggingRequest tags(ObjectKey object) {
    return GetObjectTaggingRequest.builder()
        .bucket(object.bucket())
        .key(object.key())
        .requestPayer(payer)
        .build();
  }

  CopyObjectRequest copy(
      ObjectKey source,
      String sourceEtag,
      ObjectKey target,
      String storageClass,
      @Nullable Content content) {
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(source.bucket())
            .sourceKey(source.key())
            .copySourceIfMatch(sourceEtag)
            .destinationBucket(target.bucket())
            .destinationKey(target.key())
            .ifNoneMatch(ABSENT)
            .storageClass(storageClass)
            .serverSideEncryption(encryption)
            .ssekmsKeyId(kmsKey)
            .requestPayer(payer);
    if (content != null) {
      request
          .metadataDirective(MetadataDirective.REPLACE)
          .metadata(content.metadata())
          .contentType(content.type())
          .contentEncoding(content.encoding())
          .contentLanguage(content.language())
          .contentDisposition(content.disposition())
          .cacheControl(content.cacheControl())
          .expires(expires(content));
    }
    return request.build();
  }

  PutObjectRequest put(NewObject object) {
    Content content = object.content();
    return PutObjectRequest.builder()
        .bucket(object.key().bucket())
        .key(object.key().key())
        .ifNoneMatch(ABSENT)
        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
        .storageClass(object.storageClass())
        .tagging(tagging(object.tags()))
        .metadata(content.metadata())
        .contentType(content.type())
        .contentEncoding(content.encoding())
        .contentLanguage(content.language())
        .contentDisposition(content.disposition())
        .cacheControl(content.cacheControl())
        .expires(expires(content))
        .serverSideEncryption(encryption)
        .ssekmsKeyId(kmsKey)
        .requestPayer(payer)
        .build();
  }

  CreateMultipartUploadRequest begin(NewObject object, boolean isSent) {
    Content content = object.content();
    return CreateMultipartUploadRequest.builder()
        .bucket(object.key().bucket())
        .key(object.key().key())
        .checksumAlgorithm(isSent ? ChecksumAlgorithm.CRC32_C : null)
        .checksumType(isSent ? ChecksumType.FULL_OBJECT : null)
        .storageClass(object.storageClass())
        .tagging(tagging(object.tags()))
        .metadata(content.metadata())
        .contentType(content.type())
        .contentEncoding(content.encoding())
        .contentLanguage(content.language())
        .contentDisposition(content.disposition())
        .cacheControl(content.cacheControl())
        .expires(expires(content))
        .serverSideEncryption(encryption)
        .ssekmsKeyId(kmsKey)
        .requestPayer(payer)
        .build();
  }

  UploadPartCopyRequest copyPart(
      Upload upload, int number, ObjectKey source, String sourceEtag, long first, long last) {
    return UploadPartCopyRequest.builder()
        .sourceBucket(source.bucket())
        .sourceKey(source.key())
        .copySourceIfMatch(sourceEtag)
        .copySourceRange("bytes=" + first + "-" + last)
        .destinationBucket(upload.key().bucket())
        .destinationKey(upload.key().key())
        .uploadId(upload.id())
        .partNumber(number)
        .requestPayer(payer)
        .build();
  }

  UploadPartRequest putPart(Upload upload, int number) {
    return UploadPartRequest.builder()
        .bucket(upload.key().bucket())
        .key(upload.key().key())
        .uploadId(upload.id())
        .partNumber(number)
        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
        .requestPayer(payer)
        .build();
  }

  CompleteMultipartUploadRequest complete(Upload upload, List<Part> parts) {
    List<CompletedPart> completed =
        parts.stream()
            .map(part ->
                CompletedPart.builder()
                    .partNumber(part.number())
                    .eTag(part.etag())
                    .checksumCRC32C(part.crc32c())
                    .build())
            .toList();
    return CompleteMultipartUploadRequest.builder()
        .bucket(upload.key().bucket())
        .key(upload.key().key())
        .uploadId(upload.id())
        .ifNoneMatch(ABSENT)
        .multipartUpload(u -> u.parts(completed))
        .requestPayer(payer)
        .build();
  }

  AbortMultipartUploadRequest abort(Upload upload) {
    return AbortMultipartUploadRequest.builder()
        .bucket(upload.key().bucket())
        .key(upload.key().key())
        .uploadId(upload.id())
        .requestPayer(payer)
        .build();
  }

  ListMultipartUploadsRequest uploads(ObjectPlace place, @Nullable Upload after, int most) {
    return ListMultipartUploadsRequest.builder()
        .bucket(place.bucket())
        .prefix(place.prefix())
        .keyMarker(after == null ? null : after.key().key())
        .uploadIdMarker(after == null ? null : after.id())
        .maxUploads(most)
        .encodingType(EncodingType.URL)
        .requestPayer(payer)
        .build();
  }

  GetObjectRequest get(ObjectKey object, String etag, long from) {
    return GetObjectRequest.builder()
        .bucket(object.bucket())
        .key(object.key())
        .ifMatch(etag)
        .range(from == 0 ? null : "bytes=" + from + "-")
        .checksumMode(from == 0 ? ChecksumMode.ENABLED : null)
        .requestPayer(payer)
        .build();
  }

  DeleteObjectRequest delete(ObjectKey object, @Nullable String ifMatch) {
    return DeleteObjectRequest.builder()
        .bucket(object.bucket())
        .key(object.key())
        .ifMatch(ifMatch)
        .requestPayer(payer)
        .build();
  }

  /** Read as it is sent, opened anew for each attempt, never held as a whole. */
  static RequestBody body(Body body) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return body.open(0);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        body.size(),
        BYTES);
  }

  private static @Nullable Instant expires(Content content) {
    String expires = content.expires();
    return expires == null
        ? null
        : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires));
  }

  private static @Nullable Tagging tagging(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return null;
    }
    List<Tag> all =
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> Tag.builder().key(entry.getKey()).value(entry.getValue()).build())
            .toList();
    return Tagging.builder().tagSet(all).build();
  }
}
