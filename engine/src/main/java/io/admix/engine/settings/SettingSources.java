package io.admix.engine.settings;

import io.admix.core.name.Near;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Collects written values, later ones over earlier ones, and names what is no setting. */
final class SettingSources {

  private final List<String> problems;
  private final Map<String, SettingValue> values;

  SettingSources(List<String> problems, Map<String, SettingValue> values) {
    this.problems = problems;
    this.values = values;
  }

  void setDefault(SettingKey key) {
    values.put(key.key(), new SettingValue(key, key.byDefault(), "the default"));
  }

  void readFile(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("The settings file " + file + " cannot be read: " + e.getMessage() + ".");
      return;
    }
    new TreeMap<>(properties)
        .forEach((key, value) -> put(key.toString(), value.toString(), file.toString()));
  }

  /**
   * Reads the variables that settings have. An {@code ADMIX_COPY_…} that no setting has is refused;
   * others are left alone, since Kubernetes sets variables such as {@code ADMIX_SERVICE_HOST} by
   * itself for a service called admix, and {@code ADMIX_SERVER_PORT=tcp://…} for one called
   * admix-server, which is passed over for that.
   */
  void readEnvironment(Map<String, String> environment) {
    Map<String, SettingKey> byVariable = new TreeMap<>();
    SettingKeys.all().forEach(key -> byVariable.put(key.environmentVariable(), key));
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          SettingKey key = byVariable.get(name);
          if (key != null && isServiceLink(value)) {
            return;
          }
          if (key != null) {
            values.put(key.key(), new SettingValue(key, value.strip(), name));
          } else {
            unknownVariable(name, byVariable.keySet());
          }
        });
  }

  private static boolean isServiceLink(String value) {
    return value.startsWith("tcp://") || value.startsWith("udp://") || value.startsWith("sctp://");
  }

  private void unknownVariable(String name, Set<String> known) {
    boolean isSecret =
        name.startsWith(ServerSettingsReader.CLIENT_SECRET)
            || name.startsWith(ServerSettingsReader.TOKEN);
    if (name.startsWith("ADMIX_COPY_")
        || name.startsWith("ADMIX_S3_")
        || name.startsWith("ADMIX_SECURITY_") && !isSecret) {
      problems.add(
          "The environment variable "
              + name
              + " sets nothing."
              + meant(Near.suggestion(name, known)));
    }
  }

  void readOverrides(List<String> overrides) {
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals <= 0) {
        problems.add(
            "-c "
                + override
                + ": write it as key=value, for example -c admix.copy.batch-size=500.");
      } else {
        put(override.substring(0, equals).strip(), override.substring(equals + 1).strip(), "-c");
      }
    }
  }

  private void put(String key, String value, String from) {
    Optional<SettingKey> known = SettingKeys.find(key);
    if (known.isPresent()) {
      values.put(key, new SettingValue(known.get(), value.strip(), from));
    } else {
      problems.add(key + " (from " + from + ") is no setting." + meant(nearKey(key)));
    }
  }

  private static Optional<String> nearKey(String key) {
    List<String> all = SettingKeys.all().stream().map(SettingKey::key).toList();
    Optional<String> near = Near.suggestion(key, all);
    // The prefix is easily forgotten.
    return near.isPresent() ? near : all.stream().filter(k -> k.endsWith("." + key)).findFirst();
  }

  private static String meant(Optional<String> near) {
    return near.map(n -> " Did you mean " + n + "?").orElse(" See: admix help settings.");
  }
}
