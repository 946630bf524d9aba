package io.admix.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.admix.engine.RefusedException;
import io.admix.engine.settings.SecuritySettings.Mode;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
  @TempDir Path home;

  @Test
  void theDefaultsAsWritten_areTheDefaultsInCode() throws Exception {
    assertThat(load(Map.of()).server()).isEqualTo(ServerSettings.defaults(home));
  }

  @ParameterizedTest
  @CsvSource({
    "admix.data-root,''",
    "admix.allowed-roots,relative/folder",
    "admix.allowed-roots,/a::/b",
    "admix.tasks.running,0",
    "admix.tasks.running,65",
    "admix.server.port,65536",
    "admix.server.port,http",
    "admix.server.address,none",
    "admix.server.address,a b",
    "admix.server.url,ftp://host",
    "admix.server.hosts,'a,,b'",
    "admix.server.max-body,65MB",
    "admix.server.grace,0s",
    "admix.log.format,xml",
    "admix.security.mode,none",
    "admix.security.oidc.issuer,issuer",
    "admix.security.proxy.header,User Name",
    "admix.security.proxy.addresses,10.0.0.0/33",
    "admix.security.proxy.addresses,gateway.example.org",
    "admix.security.proxy.addresses,1.2.3",
    "admix.security.proxy.without-header,maybe",
    "admix.datamate.untagged-match,1"
  })
  void aValueOutOfRange_isRefusedWithKeyValueAndRange(String key, String value) {
    String range = SettingKeys.find(key).orElseThrow().range();
    assertThat(refused(Map.of(), key + "=" + value))
        .singleElement()
        .satisfies(p -> assertThat(p).contains(key, value, range, "-c"));
  }

  @ParameterizedTest
  @CsvSource({"https://user@host,https://…@host", "https://host/?q=1,https://host/…"})
  void anAddressOutOfRange_isShownWithoutWhatMayBeSecret(String value, String shown) {
    assertThat(refused(Map.of(), "admix.server.url=" + value))
        .singleElement()
        .satisfies(p ->
            assertThat(p)
                .contains("admix.server.url", shown, "an http or https URL, or none", "-c")
                .doesNotContain(value));
  }

  @Test
  void whatDoesNotFitTogether_isToldAllAtOnce() {
    assertThat(refused(Map.of(), "admix.security.mode=oidc", "admix.copy.dynamic=7"))
        .hasSize(3)
        .anySatisfy(p -> assertThat(p).contains("needs admix.security.oidc.issuer"))
        .anySatisfy(p -> assertThat(p).contains("needs admix.security.oidc.audience"));
    assertThat(refused(Map.of(), "admix.security.mode=proxy"))
        .singleElement()
        .satisfies(p -> assertThat(p).contains("needs admix.security.proxy.addresses"));
    assertThat(refused(Map.of(), "admix.security.mode=open", "admix.server.address=0.0.0.0"))
        .singleElement()
        .satisfies(p -> assertThat(p).contains("loopback", "0.0.0.0"));
    assertThat(
            refused(
                Map.of(),
                "admix.security.mode=oidc",
                "admix.security.oidc.issuer=http://login.example.org",
                "admix.security.oidc.audience=admix"))
        .singleElement()
        .satisfies(p -> assertThat(p).contains("https"));
  }

  @Test
  void secretsComeFromTheEnvironmentOrAFile_andAreNeverPrinted() throws Exception {
    Path file = Files.writeString(home.resolve("secret"), "a-secret-of-oidc\n");
    Settings settings =
        load(
            Map.of(
                "ADMIX_SECURITY_OIDC_CLIENT_SECRET_FILE",
                file.toString(),
                "ADMIX_SECURITY_TOKEN",
                "a-token-that-is-long-enough"));
    assertThat(settings.server().security().oidcClientSecret()).isEqualTo("a-secret-of-oidc");
    assertThat(AccessToken.of(settings).text()).isEqualTo("a-token-that-is-long-enough");
    assertThat(settings.toString()).doesNotContain("a-secret-of-oidc", "a-token-that-is");
    assertThat(refused(Map.of("ADMIX_SECURITY_TOKEN", "short")))
        .singleElement()
        .satisfies(p -> assertThat(p).contains("ADMIX_SECURITY_TOKEN").doesNotContain("short"));
  }

  @Test
  void variablesOfKubernetes_setNothing_butATypoInSecurityIsRefused() throws Exception {
    Settings settings =
        load(
            Map.of(
                "ADMIX_SERVER_PORT", "tcp://10.0.0.1:8080",
                "ADMIX_SERVER_SERVICE_HOST", "10.0.0.1"));
    assertThat(settings.server().port()).isEqualTo(8080);
    assertThat(load(Map.of("ADMIX_SECURITY_MODE", "token")).server().security().mode())
        .isEqualTo(Mode.TOKEN);
    assertThat(refused(Map.of("ADMIX_SECURITY_MOD", "open")))
        .singleElement()
        .satisfies(p -> assertThat(p).contains("ADMIX_SECURITY_MODE"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16,10.1.255.255,true",
    "10.1.0.0/16,10.2.0.0,false",
    "10.1.2.3,10.1.2.3,true",
    "10.1.2.3,10.1.2.4,false",
    "0.0.0.0/0,8.8.8.8,true",
    "10.128.0.0/9,10.127.255.255,false",
    "fd00::/8,fd12::1,true",
    "fd00::/8,fe80::1,false",
    "::1,127.0.0.1,false"
  })
  void anAddressLiesInItsRange(String range, String address, boolean isIn) throws Exception {
    assertThat(AddressRange.parse(range).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(isIn);
  }

  @Test
  void aTokenIsMadeOnce_andOneThatOthersMayReadIsRefused() throws Exception {
    Settings settings = load(Map.of());
    String token = AccessToken.of(settings).text();
    Path file = home.resolve(AccessToken.FILE);
    assertThat(AccessToken.of(settings).text()).isEqualTo(token);
    assertThat(Files.list(home)).containsExactly(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> AccessToken.of(settings))
        .withMessageContaining("chmod 600")
        .withMessageContaining("rw-r--r--");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "x");
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> AccessToken.of(settings))
        .withMessageContaining("damaged");
  }

  private Settings load(Map<String, String> environment, String... overrides)
      throws RefusedException {
    return SettingsLoader.load(
        new SettingsInput(home.toString(), null, List.of(overrides), environment, home));
  }

  private List<String> refused(Map<String, String> environment, String... overrides) {
    return catchThrowableOfType(RefusedException.class, () -> load(environment, overrides))
        .problems();
  }
}
