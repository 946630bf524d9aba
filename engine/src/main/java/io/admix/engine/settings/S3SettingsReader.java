package io.admix.engine.settings;

import io.admix.files.object.ObjectSettings;
import io.admix.files.object.PartLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Reads how objects are reached; to be asked only when nothing was wrong. */
final class S3SettingsReader {
  private final Map<String, SettingValue> values;

  S3SettingsReader(Map<String, SettingValue> values) {
    this.values = values;
  }

  S3Settings read() {
    return new S3Settings(store(), limits(), value(S3SettingKeys.ALLOWED).places().orElseThrow());
  }

  private ObjectSettings store() {
    SettingValue endpoint = value(S3SettingKeys.ENDPOINT);
    return new ObjectSettings(
        endpoint.isNone() ? null : endpoint.url().orElseThrow(),
        value(S3SettingKeys.REGION).word(),
        truth(S3SettingKeys.PATH_STYLE),
        value(S3SettingKeys.KMS_KEY).word(),
        truth(S3SettingKeys.REQUESTER_PAYS),
        whole(S3SettingKeys.CONNECTIONS),
        whole(S3SettingKeys.ATTEMPTS),
        ObjectSettings.DEFAULT.pauseFirst(),
        ObjectSettings.DEFAULT.pauseMost(),
        Duration.ofSeconds(value(S3SettingKeys.SILENCE).seconds().orElseThrow()));
  }

  private PartLimits limits() {
    return new PartLimits(
        bytes(S3SettingKeys.COPY_ABOVE),
        bytes(S3SettingKeys.COPY_PART),
        bytes(S3SettingKeys.PUT_ABOVE),
        bytes(S3SettingKeys.PUT_PART),
        PartLimits.DEFAULT.atOnce());
  }

  private boolean truth(String key) {
    return value(key).truth().orElseThrow();
  }

  private int whole(String key) {
    return Math.toIntExact(value(key).whole().orElseThrow());
  }

  private long bytes(String key) {
    return value(key).bytes().orElseThrow();
  }

  private SettingValue value(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }
}
