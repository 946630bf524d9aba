package io.admix.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.admix.engine.RefusedException;
import io.admix.server.HttpForTests;
import io.admix.server.RawHttp;
import io.admix.server.ServerForTests;
import org.junit.jupiter.api.Test;

class OpenModeTest {

  @Test
  void everybodyOnThisMachine_isTheSystem_butNoForeignPageOrName() throws Exception {
    try (ServerForTests server = ServerForTests.start("admix.security.mode=open")) {
      HttpForTests http = server.http();
      assertThat(http.get("/for-tests/caller").json().get("sight").asString()).isEqualTo("ALL");
      assertThat(http.post("/for-tests/things", "{}").status()).isEqualTo(200);
      int before = TestDoors.CALLS.get();
      for (Door door : Door.all(server.context())) {
        assertThat(door.knock(http.with("Origin", "https://evil.example")).status())
            .as("foreign origin %s", door)
            .isEqualTo(403);
        if (!door.isHealth()) {
          assertThat(
                  RawHttp.send(
                      server.base(),
                      RawHttp.lines(door.method() + " " + door.path() + " HTTP/1.1", "Host: evil")))
              .as("foreign host %s", door)
              .startsWith("HTTP/1.1 403");
        }
      }
      assertThat(TestDoors.CALLS.get()).isEqualTo(before);
    }
  }

  @Test
  void onAnAddressThatOthersReach_itIsRefused() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () -> ServerForTests.start("admix.security.mode=open", "admix.server.address=0.0.0.0"))
        .withMessageContaining("admix.security.mode = open")
        .withMessageContaining("loopback");
  }
}
