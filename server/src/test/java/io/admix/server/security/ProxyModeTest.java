package io.admix.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.RawHttp;
import io.admix.server.ServerForTests;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind a proxy: this machine is it for one server, and is not for the other. */
class ProxyModeTest {
  private static ServerForTests elsewhere;

  @BeforeAll
  static void start() throws Exception {
    elsewhere =
        ServerForTests.start(
            "admix.security.mode=proxy",
            "admix.security.proxy.addresses=10.0.0.0/8,fd00::/8",
            "admix.security.proxy.without-header=everyone");
  }

  @AfterAll
  static void stop() {
    elsewhere.close();
  }

  @Test
  void everyDoor_isClosedToWhoeverIsNotTheProxy() {
    int before = TestDoors.CALLS.get();
    for (Door door : Door.all(elsewhere.context())) {
      if (!door.isHealth()) {
        assertThat(door.knock(elsewhere.http()).status()).as("no name %s", door).isEqualTo(403);
        assertThat(door.knock(elsewhere.as("anna")).status()).as("a name %s", door).isEqualTo(403);
        assertThat(door.knock(elsewhere.as("anna").with("X-Forwarded-For", "10.0.0.1")).status())
            .as("a claimed way %s", door)
            .isEqualTo(403);
      }
    }
    assertThat(TestDoors.CALLS.get()).isEqualTo(before);
  }

  @Test
  void thePersonWhomTheProxyNames_isTheCaller() {
    HttpAnswer answer = ServerForTests.sqlite().as("anna").get("/for-tests/caller");
    assertThat(answer.json().get("owner").asString()).isEqualTo("anna");
    assertThat(answer.json().get("sight").asString()).isEqualTo("OWN");
  }

  @Test
  void somebodyCalledSystem_seesNoMoreThanWhatIsTheSystems() {
    HttpAnswer answer = ServerForTests.sqlite().as("system").get("/for-tests/caller");
    assertThat(answer.json().get("sight").asString()).isEqualTo("OWN");
  }

  @Test
  void withoutAName_theCallerIsTheSystemWhereTheSettingSaysSo() {
    HttpAnswer answer = ServerForTests.sqlite().http().get("/for-tests/caller");
    assertThat(answer.json().get("owner").asString()).isEqualTo("system");
    assertThat(answer.json().get("sight").asString()).isEqualTo("ALL");
  }

  @Test
  void aNameBeyondLatin1_isReadAsUtf8_andOneThatIsNoneAsLatin1() {
    assertThat(called("王芳".getBytes(StandardCharsets.UTF_8)))
        .startsWith("HTTP/1.1 200")
        .contains("王芳");
    assertThat(called("Müller".getBytes(StandardCharsets.ISO_8859_1)))
        .startsWith("HTTP/1.1 200")
        .contains("Müller");
    assertThat(called("a\u0085b".getBytes(StandardCharsets.UTF_8)))
        .as("a control character")
        .startsWith("HTTP/1.1 400");
  }

  private static String called(byte[] name) {
    String answer =
        RawHttp.send(
            ServerForTests.sqlite().base(),
            RawHttp.lines(
                "GET /for-tests/caller HTTP/1.1",
                "Host: localhost",
                "User: " + new String(name, StandardCharsets.ISO_8859_1)));
    return new String(answer.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Test
  void aNameThatIsDoubledOrTooLong_isRefused() {
    var server = ServerForTests.sqlite();
    String twice =
        RawHttp.send(
            server.base(),
            RawHttp.lines(
                "GET /for-tests/caller HTTP/1.1", "Host: localhost", "User: a", "User: b"));
    assertThat(twice).startsWith("HTTP/1.1 400");
    assertThat(server.as("x".repeat(256)).get("/for-tests/caller").status()).isEqualTo(400);
    assertThat(server.as("x".repeat(255)).get("/for-tests/caller").status()).isEqualTo(200);
  }

  @Test
  void anotherSitesPage_changesNothing() {
    var server = ServerForTests.sqlite().as("anna");
    assertThat(
            server.with("Origin", "https://evil.example").post("/for-tests/things", "{}").status())
        .isEqualTo(403);
    assertThat(server.with("Sec-Fetch-Site", "cross-site").post("/for-tests/things", "{}").status())
        .isEqualTo(403);
    assertThat(server.post("/for-tests/things", "{}").status()).isEqualTo(200);
  }
}
