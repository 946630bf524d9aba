package io.admix.files.s3;

import io.admix.files.object.Checksum;
import io.admix.files.object.Checksum.Algorithm;
import io.admix.files.object.Content;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectStat;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The store's answers as records. */
final class S3Heads {
  private static final String STANDARD = "STANDARD";

  /** An entity tag that is the MD5 of the bytes, where they are not encrypted by KMS. */
  private static final Pattern MD5 = Pattern.compile("\"([0-9a-f]{32})\"");

  private static final String SSE_S3 = "AES256";

  private S3Heads() {}

  static ObjectStat stat(S3Object object) {
    return new ObjectStat(
        object.key(),
        object.size(),
        object.eTag(),
        millis(object.lastModified()),
        orStandard(object.storageClassAsString()));
  }

  static ObjectHead head(String key, HeadObjectResponse r) {
    ObjectStat stat =
        new ObjectStat(
            key,
            r.contentLength(),
            r.eTag(),
            millis(r.lastModified()),
            orStandard(r.storageClassAsString()));
    Content content =
        new Content(
            metadata(r.metadata()),
            r.contentType(),
            r.contentEncoding(),
            r.contentLanguage(),
            r.contentDisposition(),
            r.cacheControl(),
            r.expiresString());
    Sums sums =
        new Sums(
            r.checksumSHA256(),
            r.checksumCRC64NVME(),
            r.checksumCRC32C(),
            r.checksumCRC32(),
            r.checksumSHA1());
    boolean isPlain = r.sseCustomerAlgorithm() == null;
    return new ObjectHead(
        stat,
        r.versionId(),
        content,
        orZero(r.missingMeta()),
        checksum(
            sums, r.checksumType(), r.eTag(), isPlain ? r.serverSideEncryptionAsString() : "C"));
  }

  /**
   * @param size of the whole object
   */
  static ObjectHead head(String key, long size, GetObjectResponse r) {
    ObjectStat stat =
        new ObjectStat(
            key, size, r.eTag(), millis(r.lastModified()), orStandard(r.storageClassAsString()));
    Content content =
        new Content(
            metadata(r.metadata()),
            r.contentType(),
            r.contentEncoding(),
            r.contentLanguage(),
            r.contentDisposition(),
            r.cacheControl(),
            r.expiresString());
    Sums sums =
        new Sums(
            r.checksumSHA256(),
            r.checksumCRC64NVME(),
            r.checksumCRC32C(),
            r.checksumCRC32(),
            r.checksumSHA1());
    boolean isPlain = r.sseCustomerAlgorithm() == null;
    return new ObjectHead(
        stat,
        r.versionId(),
        content,
        orZero(r.missingMeta()),
        checksum(
            sums, r.checksumType(), r.eTag(), isPlain ? r.serverSideEncryptionAsString() : "C"));
  }

  private record Sums(
      @Nullable String sha256,
      @Nullable String crc64nvme,
      @Nullable String crc32c,
      @Nullable String crc32,
      @Nullable String sha1) {}

  private static @Nullable Checksum checksum(
      Sums sums, @Nullable ChecksumType type, String etag, @Nullable String encryption) {
    // One that is made of the checksums of parts is none of the bytes.
    if (type != ChecksumType.COMPOSITE) {
      Checksum kept = kept(sums);
      if (kept != null) {
        return kept;
      }
    }
    var md5 = MD5.matcher(etag);
    boolean isMd5 = (encryption == null || encryption.equals(SSE_S3)) && md5.matches();
    return isMd5 ? new Checksum(Algorithm.MD5, md5.group(1)) : null;
  }

  private static @Nullable Checksum kept(Sums sums) {
    Checksum found = of(Algorithm.SHA256, sums.sha256);
    found = found == null ? of(Algorithm.CRC64NVME, sums.crc64nvme) : found;
    found = found == null ? of(Algorithm.CRC32C, sums.crc32c) : found;
    found = found == null ? of(Algorithm.CRC32, sums.crc32) : found;
    found = found == null ? of(Algorithm.SHA1, sums.sha1) : found;
    // Composite ones of old answers, which do not tell their type, end in the number of parts.
    return found != null && found.value().indexOf('-') >= 0 ? null : found;
  }

  private static @Nullable Checksum of(Algorithm algorithm, @Nullable String value) {
    return value == null ? null : new Checksum(algorithm, value);
  }

  private static Map<String, String> metadata(@Nullable Map<String, String> metadata) {
    return metadata == null ? Map.of() : metadata;
  }

  private static long millis(@Nullable Instant time) {
    return time == null ? 0 : time.toEpochMilli();
  }

  private static String orStandard(@Nullable String storageClass) {
    return storageClass == null ? STANDARD : storageClass;
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
