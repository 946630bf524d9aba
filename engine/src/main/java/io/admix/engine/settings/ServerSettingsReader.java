package io.admix.engine.settings;

import io.admix.engine.settings.SecuritySettings.Mode;
import io.admix.engine.settings.SecuritySettings.WithoutHeader;
import io.admix.engine.settings.ServerSettings.LogFormat;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what only the service needs, and checks what must fit together. */
final class ServerSettingsReader {
  static final String CLIENT_SECRET = "ADMIX_SECURITY_OIDC_CLIENT_SECRET";

  static final String TOKEN = "ADMIX_SECURITY_TOKEN";

  private final Map<String, SettingValue> values;
  private final List<String> problems;
  private final @Nullable String clientSecret;
  private final @Nullable String token;

  ServerSettingsReader(Map<String, SettingValue> values, Secrets secrets, List<String> problems) {
    this.values = values;
    this.problems = problems;
    this.clientSecret = secrets.read(CLIENT_SECRET);
    this.token = secrets.read(TOKEN);
  }

  /** Adds what does not fit together; values that are wrong by themselves are told elsewhere. */
  void check() {
    if (token != null && !AccessToken.isWellFormed(token)) {
      problems.add(
          TOKEN
              + " (or "
              + TOKEN
              + "_FILE) is no token: 22 to 200 letters, digits and -_.~+/=, for example what this prints: openssl rand -base64 32");
    }
    SettingValue mode = value(ServerSettingKeys.MODE);
    switch (mode.text()) {
      case "oidc" -> checkIssuer(mode);
      case "proxy" -> {
        if (value(ServerSettingKeys.PROXY_ADDRESSES).isNone()) {
          needs(mode, ServerSettingKeys.PROXY_ADDRESSES, "10.1.2.3");
        }
      }
      case "open" -> checkLoopback(mode);
      default -> {}
    }
  }

  private void checkIssuer(SettingValue mode) {
    SettingValue issuer = value(ServerSettingKeys.ISSUER);
    if (issuer.isNone()) {
      needs(mode, ServerSettingKeys.ISSUER, "https://login.example.org/realms/team");
    } else if (issuer.url().filter(url -> !isSafe(url)).isPresent()) {
      problems.add(issuer.problem());
    }
    if (value(ServerSettingKeys.CLIENT_ID).isNone() && value(ServerSettingKeys.AUDIENCE).isNone()) {
      needs(mode, ServerSettingKeys.AUDIENCE, "admix");
    }
  }

  private static boolean isSafe(URI url) {
    return "https".equals(url.getScheme()) || isLoopback(url.getHost());
  }

  private void checkLoopback(SettingValue mode) {
    SettingValue address = value(ServerSettingKeys.ADDRESS);
    if (!isLoopback(address.text())) {
      problems.add(
          "%s = open (from %s) lets everybody in who reaches %s = %s (from %s): it goes with a loopback address only, such as 127.0.0.1."
              .formatted(
                  mode.setting().key(),
                  mode.from(),
                  address.setting().key(),
                  address.text(),
                  address.from()));
    }
  }

  private void needs(SettingValue mode, String key, String example) {
    problems.add(
        "%s = %s (from %s) needs %s, for example %s."
            .formatted(mode.setting().key(), mode.text(), mode.from(), key, example));
  }

  static boolean isLoopback(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.equals("localhost")
        || AddressRange.literal(bare).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** All of it; to be asked only when nothing was wrong. */
  ServerSettings read(Path home) {
    return new ServerSettings(
        home.resolve(text(ServerSettingKeys.DATA_ROOT).replace("<home>", home.toString()))
            .normalize(),
        value(ServerSettingKeys.ALLOWED_ROOTS).folders().orElseThrow(),
        whole(ServerSettingKeys.TASKS_RUNNING),
        whole(ServerSettingKeys.TASKS_WAITING),
        whole(ServerSettingKeys.PORT),
        text(ServerSettingKeys.ADDRESS),
        url(ServerSettingKeys.URL),
        value(ServerSettingKeys.HOSTS).words(),
        value(ServerSettingKeys.MAX_BODY).bytes().orElseThrow(),
        Duration.ofSeconds(value(ServerSettingKeys.GRACE).seconds().orElseThrow()),
        LogFormat.valueOf(word(ServerSettingKeys.LOG_FORMAT)),
        security(),
        value(ServerSettingKeys.UNTAGGED_MATCH).truth().orElseThrow());
  }

  private SecuritySettings security() {
    String clientId = value(ServerSettingKeys.CLIENT_ID).word();
    return new SecuritySettings(
        Mode.valueOf(word(ServerSettingKeys.MODE)),
        token,
        url(ServerSettingKeys.ISSUER),
        clientId,
        clientSecret,
        Optional.ofNullable(value(ServerSettingKeys.AUDIENCE).word()).orElse(clientId),
        text(ServerSettingKeys.OWNER_CLAIM),
        text(ServerSettingKeys.PROXY_HEADER),
        value(ServerSettingKeys.PROXY_ADDRESSES).ranges().orElseThrow(),
        WithoutHeader.valueOf(word(ServerSettingKeys.WITHOUT_HEADER)));
  }

  private @Nullable URI url(String key) {
    SettingValue value = value(key);
    return value.isNone() ? null : value.url().orElseThrow();
  }

  private String word(String key) {
    return text(key).toUpperCase(Locale.ROOT);
  }

  private String text(String key) {
    return value(key).text();
  }

  private int whole(String key) {
    return Math.toIntExact(value(key).whole().orElseThrow());
  }

  private SettingValue value(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }
}
