package io.admix.engine.settings;

import io.admix.engine.settings.SettingKey.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of stores that speak S3, in the order in which people read them. */
final class S3SettingKeys {
  static final String ENDPOINT = "admix.s3.endpoint";
  static final String REGION = "admix.s3.region";
  static final String PATH_STYLE = "admix.s3.path-style";
  static final String KMS_KEY = "admix.s3.kms-key";
  static final String REQUESTER_PAYS = "admix.s3.requester-pays";
  static final String CONNECTIONS = "admix.s3.connections";
  static final String ATTEMPTS = "admix.s3.attempts";
  static final String SILENCE = "admix.s3.silence";
  static final String COPY_ABOVE = "admix.s3.copy-above";
  static final String COPY_PART = "admix.s3.copy-part-size";
  static final String PUT_ABOVE = "admix.s3.put-above";
  static final String PUT_PART = "admix.s3.put-part-size";
  static final String ALLOWED = "admix.s3.allowed";

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** A store takes parts of 5 MiB to 5 GiB; sizes are checked so that it never refuses one. */
  private static final Kind PART = new Kind.Bytes(5 * MIB, 5 * GIB);

  private static final Kind THRESHOLD = new Kind.Bytes(5 * MIB, 5 * GIB);

  static final List<SettingKey> ALL =
      List.of(
          new SettingKey(
              ENDPOINT,
              SettingValue.NONE,
              "an http or https URL without user and password, or none",
              "The store where s3:// places are, if it is not Amazon's.",
              new Kind.Url()),
          new SettingKey(
              REGION,
              SettingValue.NONE,
              "a region such as eu-central-1, or none",
              "Region of the buckets; none takes that of AWS_REGION or the profile, us-east-1 where an endpoint is set.",
              new Kind.Word(Pattern.compile("[a-z0-9-]{1,64}"))),
          new SettingKey(
              PATH_STYLE,
              "false",
              "true or false",
              "Whether the bucket stands in the path of a request, as most other stores want it, instead of in the host's name.",
              new Kind.Truth()),
          new SettingKey(
              KMS_KEY,
              SettingValue.NONE,
              "a key's id, ARN or alias, or none",
              "The KMS key by which new objects are encrypted; none leaves that to the bucket.",
              new Kind.Word(Pattern.compile("[A-Za-z0-9:/_-]{1,2048}"))),
          new SettingKey(
              REQUESTER_PAYS,
              "false",
              "true or false",
              "Whether this account pays for requests to buckets of others that ask for it.",
              new Kind.Truth()),
          new SettingKey(
              CONNECTIONS,
              "64",
              "1 to 1024",
              "Most connections to the store at a time.",
              new Kind.Whole(1, 1024)),
          new SettingKey(
              ATTEMPTS,
              "8",
              "1 to 100",
              "How often a request is sent before its fault counts; pauses between grow from 0.2 to 20 s.",
              new Kind.Whole(1, 100)),
          new SettingKey(
              SILENCE,
              "60s",
              "1s to 1h",
              "How long a connection may be silent before it is given up.",
              new Kind.Length(1, 3600)),
          new SettingKey(
              COPY_ABOVE, "5GB", "5MB to 5GB", "Larger objects are copied in parts.", THRESHOLD),
          new SettingKey(
              COPY_PART, "512MB", "5MB to 5GB", "Size of the parts of such copies.", PART),
          new SettingKey(
              PUT_ABOVE, "256MB", "5MB to 5GB", "Larger files are sent in parts.", THRESHOLD),
          new SettingKey(PUT_PART, "64MB", "5MB to 5GB", "Size of the parts of such files.", PART),
          new SettingKey(
              ALLOWED,
              SettingValue.NONE,
              "s3://bucket/prefix addresses with , between them, or none",
              "Below which places of objects callers of the service may register datasets.",
              new Kind.Places()));

  private S3SettingKeys() {}
}
