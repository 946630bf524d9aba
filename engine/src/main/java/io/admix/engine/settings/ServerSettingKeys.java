package io.admix.engine.settings;

import io.admix.engine.settings.SettingKey.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of the service, in the order in which people read them. */
final class ServerSettingKeys {
  static final String DATA_ROOT = "admix.data-root";
  static final String ALLOWED_ROOTS = "admix.allowed-roots";
  static final String TASKS_RUNNING = "admix.tasks.running";
  static final String TASKS_WAITING = "admix.tasks.waiting";
  static final String PORT = "admix.server.port";
  static final String ADDRESS = "admix.server.address";
  static final String URL = "admix.server.url";
  static final String HOSTS = "admix.server.hosts";
  static final String MAX_BODY = "admix.server.max-body";
  static final String GRACE = "admix.server.grace";
  static final String LOG_FORMAT = "admix.log.format";
  static final String MODE = "admix.security.mode";
  static final String ISSUER = "admix.security.oidc.issuer";
  static final String CLIENT_ID = "admix.security.oidc.client-id";
  static final String AUDIENCE = "admix.security.oidc.audience";
  static final String OWNER_CLAIM = "admix.security.oidc.owner-claim";
  static final String PROXY_HEADER = "admix.security.proxy.header";
  static final String PROXY_ADDRESSES = "admix.security.proxy.addresses";
  static final String WITHOUT_HEADER = "admix.security.proxy.without-header";
  static final String UNTAGGED_MATCH = "admix.datamate.untagged-match";

  private static final Kind TEXT = new Kind.Word(Pattern.compile("[\\x21-\\x7e]{1,255}"));
  private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._:\\[\\]-]{1,253}");
  private static final Kind HEADER = new Kind.Word(Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}"));

  static final List<SettingKey> ALL =
      List.of(
          new SettingKey(
              DATA_ROOT,
              "<home>/data",
              "a folder, absolute or below the home",
              "Where the service makes its mixes.",
              new Kind.Folder()),
          new SettingKey(
              ALLOWED_ROOTS,
              SettingValue.NONE,
              "absolute folders with : between them, or none",
              "Below which callers of the service may register datasets and name folders; the data root is always allowed.",
              new Kind.Folders()),
          new SettingKey(
              TASKS_RUNNING,
              "2",
              "1 to 64",
              "Tasks that one service process runs at a time; others wait.",
              new Kind.Whole(1, 64)),
          new SettingKey(
              TASKS_WAITING,
              "1000",
              "1 to 1000000",
              "Tasks of one owner that may wait for their turn; one more is refused.",
              new Kind.Whole(1, 1_000_000)),
          new SettingKey(
              PORT,
              "8080",
              "0 to 65535; 0 takes any free port",
              "Port of the service.",
              new Kind.Whole(0, 65_535)),
          new SettingKey(
              ADDRESS,
              "127.0.0.1",
              "an address of this machine, 0.0.0.0 for all, or a name",
              "Address on which the service listens.",
              new Kind.Word(HOST)),
          new SettingKey(
              URL,
              SettingValue.NONE,
              "an http or https URL, or none",
              "The service as its callers reach it, where that differs from the address: behind a proxy.",
              new Kind.Url()),
          new SettingKey(
              HOSTS,
              SettingValue.NONE,
              "host names with , between them, or none",
              "Names under which callers may reach the service, besides the loopback names, the address and the URL's host.",
              new Kind.Words(HOST)),
          new SettingKey(
              MAX_BODY,
              "4MB",
              "1KB to 64MB",
              "Largest body of a request.",
              new Kind.Bytes(1L << 10, 64L << 20)),
          new SettingKey(
              GRACE,
              "30s",
              "1s to 10m",
              "How long a stop waits for requests and tasks under way; a stopped task can go on.",
              new Kind.Length(1, 600)),
          new SettingKey(
              LOG_FORMAT,
              "text",
              "text, ecs or logstash",
              "How the service writes its log: for people, or as JSON in the Elastic Common Schema or as Logstash has it.",
              new Kind.Choice(List.of("text", "ecs", "logstash"))),
          new SettingKey(
              MODE,
              "token",
              "token, oidc, proxy or open",
              "Who may call the service: whoever has its token, whom an issuer knows, whom a proxy in front names, or everybody on this machine.",
              new Kind.Choice(List.of("token", "oidc", "proxy", "open"))),
          new SettingKey(
              ISSUER,
              SettingValue.NONE,
              "an https URL (http on a loopback address), or none",
              "The OpenID Connect issuer; needed by mode oidc.",
              new Kind.Url()),
          new SettingKey(
              CLIENT_ID,
              SettingValue.NONE,
              "a word, or none",
              "The service's name at the issuer, with which people sign in; its secret is ADMIX_SECURITY_OIDC_CLIENT_SECRET or the file ADMIX_SECURITY_OIDC_CLIENT_SECRET_FILE.",
              TEXT),
          new SettingKey(
              AUDIENCE,
              SettingValue.NONE,
              "a word, or none for the client-id",
              "For whom the tokens of programs must be made (aud); mode oidc needs it, or a client-id.",
              TEXT),
          new SettingKey(
              OWNER_CLAIM,
              "sub",
              "a claim's name",
              "The claim of a token that names its owner.",
              TEXT),
          new SettingKey(
              PROXY_HEADER,
              "User",
              "a header's name",
              "The request header in which the proxy names the caller.",
              HEADER),
          new SettingKey(
              PROXY_ADDRESSES,
              SettingValue.NONE,
              "addresses and ranges (10.1.0.0/16) with , between them, or none",
              "From where alone requests are taken in mode proxy, which needs it.",
              new Kind.Ranges()),
          new SettingKey(
              WITHOUT_HEADER,
              "refuse",
              "refuse or everyone",
              "What a request from the proxy without the header is: refused, or the system's, which sees everything, as in DataMate's default deployment.",
              new Kind.Choice(List.of("refuse", "everyone"))),
          new SettingKey(
              UNTAGGED_MATCH,
              "false",
              "true or false",
              "Whether a ratio task's date range takes a file whose tags have no time, as DataMate does.",
              new Kind.Truth()));

  private ServerSettingKeys() {}
}
