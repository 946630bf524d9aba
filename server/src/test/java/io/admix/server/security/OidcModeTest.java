package io.admix.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real issuer on this machine: tokens of programs, sign-in of people. */
class OidcModeTest {
  private static final String PUBLIC = "https://mix.example.org";
  private static IssuerForTests issuer;
  private static ServerForTests server;

  @BeforeAll
  static void start() throws Exception {
    issuer = new IssuerForTests();
    server =
        ServerForTests.start(
            Map.of("ADMIX_SECURITY_OIDC_CLIENT_SECRET", IssuerForTests.SECRET),
            "admix.security.mode=oidc",
            "admix.security.oidc.issuer=" + issuer.url(),
            "admix.security.oidc.client-id=" + IssuerForTests.CLIENT,
            "admix.server.url=" + PUBLIC);
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  private static int statusOf(String token) {
    return bearer(token).get("/for-tests/caller").status();
  }

  private static HttpForTests bearer(String token) {
    return server.http().with("Authorization", "Bearer " + token);
  }

  @Test
  void aProgramsToken_namesItsOwner() throws Exception {
    HttpAnswer answer = bearer(issuer.programToken("anna", Map.of())).get("/for-tests/caller");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("owner").asString()).isEqualTo("anna");
    assertThat(answer.json().get("sight").asString()).isEqualTo("OWN");
    assertThat(
            bearer(issuer.programToken("anna", Map.of())).post("/for-tests/things", "{}").status())
        .as("no page, so no token of one")
        .isEqualTo(200);
  }

  @Test
  void aProgramThatReadsPages_beginsNoSession() throws Exception {
    HttpForTests program = bearer(issuer.programToken("anna", Map.of()));
    for (String path : java.util.List.of("/tasks", "/system", "/session")) {
      HttpAnswer answer = program.with("Accept", "text/html, application/json").get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("Set-Cookie")).as(path).isEmpty();
    }
    assertThat(program.get("/session").json().get("csrfToken").isNull()).isTrue();
  }

  @Test
  void aPartOfAPage_isNotLedToTheIssuer_butToldThatNobodyIsSignedIn() {
    HttpForTests browser = server.http().with("Accept", "text/html, */*");
    assertThat(browser.get("/tasks").status()).isEqualTo(302);
    HttpAnswer part = browser.with("HX-Request", "true").get("/tasks");
    assertThat(part.status()).isEqualTo(401);
    assertThat(part.header("Location")).isEmpty();
  }

  @Test
  void anAddressThatIsTooLongToComeBackTo_isLedToTheIssuerAllTheSame() {
    HttpAnswer answer =
        server.http().with("Accept", "text/html").get("/tasks?q=" + "%41".repeat(3_000));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).endsWith("?to=%2F");
  }

  @Test
  void aTokenThatIsForgedOldOrForSomebodyElse_isRefused() throws Exception {
    Instant past = Instant.now().minusSeconds(3600);
    assertThat(statusOf(issuer.forgedToken("anna"))).as("forged").isEqualTo(401);
    assertThat(statusOf(issuer.programToken("anna", Map.of("exp", Date.from(past)))))
        .as("old")
        .isEqualTo(401);
    assertThat(statusOf(issuer.programToken("anna", Map.of("aud", "other"))))
        .as("for another service")
        .isEqualTo(401);
    assertThat(statusOf(issuer.programToken("anna", Map.of("iss", "https://evil.example"))))
        .as("of another issuer")
        .isEqualTo(401);
    Map<String, Object> nobody = new HashMap<>();
    nobody.put("sub", null);
    assertThat(statusOf(issuer.programToken("anna", nobody))).as("of nobody").isEqualTo(401);
    assertThat(statusOf(issuer.programToken("system", Map.of()))).as("the system").isEqualTo(401);
    assertThat(statusOf("x.y.z")).as("no token").isEqualTo(401);
    assertThat(bearer("x.y.z").get("/for-tests/caller").body()).contains("Say who you are");
    assertThat(bearer("x.y.z").get("/api/synthesis/ratio-task").body()).contains("common.0004");
  }

  @Test
  void everyDoor_isClosedToOutsidersAndSpoofedNames() throws Exception {
    int before = TestDoors.CALLS.get();
    String forged = issuer.forgedToken("anna");
    for (Door door : Door.all(server.context())) {
      if (!door.isHealth()) {
        assertThat(door.knock(server.http()).status()).as("outsider %s", door).isEqualTo(401);
        assertThat(door.knock(server.as("anna")).status()).as("header %s", door).isEqualTo(401);
        assertThat(door.knock(bearer(forged)).status()).as("forged %s", door).isEqualTo(401);
      }
    }
    assertThat(TestDoors.CALLS.get()).isEqualTo(before);
  }

  @Test
  void aPersonSignsInAtTheIssuer_andHisChangesNeedTheTokenOfHisPage() throws Exception {
    String cookie = signIn("berta");
    HttpForTests browser =
        server.http().with("Cookie", cookie).with("Origin", server.base().toString());
    assertThat(browser.get("/for-tests/caller").json().get("owner").asString()).isEqualTo("berta");
    assertThat(browser.post("/for-tests/things", "{}").status()).isEqualTo(403);
    var session = browser.get("/session").json();
    assertThat(session.get("owner").asString()).isEqualTo("berta");
    assertThat(
            browser
                .with(session.get("csrfHeader").asString(), session.get("csrfToken").asString())
                .post("/for-tests/things", "{}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aSessionThatEnds_isNoticedWithinItsLongRequests() throws Exception {
    HttpForTests browser = server.http().with("Cookie", signIn("berta"));
    assertThat(browser.get("/for-tests/session").body()).isEqualTo("[true,false]");
    assertThat(browser.get("/for-tests/caller").status()).isEqualTo(401);
  }

  @Test
  void nothingIsToldOfTheIssuer_beforeItIsKnownWhoAsks() {
    for (String path :
        java.util.List.of(
            "/.well-known/oauth-protected-resource",
            "/.well-known/oauth-protected-resource/api/v1",
            "/login",
            "/logout",
            "/default-ui.css")) {
      assertThat(server.http().get(path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void aSignInThatFails_leadsNotBackToTheIssuer() {
    HttpAnswer answer =
        server
            .http()
            .with("Accept", "text/html")
            .get("/login/oauth2/code/admix?code=c1&state=forged");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).startsWith("<!DOCTYPE html>").contains("You are not signed in");
  }

  @Test
  void nobodySignsInAsTheSystem() throws Exception {
    String cookie = signIn("System");
    assertThat(server.http().with("Cookie", cookie).get("/for-tests/caller").status())
        .isEqualTo(401);
  }

  @Test
  void whileTheIssuerIsAway_callersAreToldToComeAgain() throws Exception {
    try (ServerForTests alone =
        ServerForTests.start(
            Map.of("ADMIX_SECURITY_OIDC_CLIENT_SECRET", IssuerForTests.SECRET),
            "admix.security.mode=oidc",
            "admix.security.oidc.issuer=http://127.0.0.1:1",
            "admix.security.oidc.client-id=" + IssuerForTests.CLIENT)) {
      HttpForTests program =
          alone.http().with("Authorization", "Bearer " + issuer.programToken("anna", Map.of()));
      for (HttpAnswer answer :
          java.util.List.of(
              program.get("/for-tests/caller"), alone.http().get("/oauth2/authorization/admix"))) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.body()).contains("cannot be reached");
      }
      assertThat(program.get("/api/synthesis/ratio-task").body()).contains("system.0005");
      assertThat(alone.http().get("/for-tests/caller?access_token=%FF").status()).isLessThan(500);
    }
  }

  @Test
  void whoSignsIn_isLedToThePageThatHeAskedFor() throws Exception {
    issuer.person("berta");
    assertThat(finish(begin("/for-tests/caller?page=2&name=a%20b")).header("Location"))
        .endsWith("/for-tests/caller?page=2&name=a%20b");
    String elsewhere = "/oauth2/authorization/admix?to=";
    for (String page :
        java.util.List.of("//evil.example/x", "https://evil.example", "/%5Cevil.example", "x")) {
      assertThat(finish(beginAt(elsewhere + page)).header("Location")).as(page).isEqualTo("/");
    }
    assertThat(server.http().get(elsewhere + "%FF").status()).isEqualTo(400);
  }

  @Test
  void signInsThatNobodyFinishes_endFirst_whenThereAreTooMany() throws Exception {
    Sessions sessions = server.context().getBean(Sessions.class);
    String signedIn = signIn("berta");
    sessions.bound(2);
    try {
      Begun first = begin("/for-tests/caller");
      Begun second = begin("/for-tests/caller");
      assertThat(finish(first).status()).as("its session has ended").isEqualTo(403);
      assertThat(finish(second).status()).isEqualTo(302);
      assertThat(server.http().with("Cookie", signedIn).get("/for-tests/caller").status())
          .isEqualTo(200);
    } finally {
      sessions.bound(10_000);
    }
  }

  /** A browser that was sent to the issuer. */
  private record Begun(String cookie, String issuersAddress) {}

  private static Begun begin(String page) {
    HttpAnswer first = server.http().with("Accept", "text/html").get(page);
    assertThat(first.status()).isEqualTo(302);
    return beginAt(first.header("Location"));
  }

  private static Begun beginAt(String address) {
    HttpAnswer toIssuer = server.http().get(address);
    assertThat(toIssuer.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Secure");
    return new Begun(toIssuer.header("Set-Cookie").split(";")[0], toIssuer.header("Location"));
  }

  /** Comes back from the issuer. */
  private static HttpAnswer finish(Begun begun) throws Exception {
    HttpResponse<Void> back =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(begun.issuersAddress())).build(),
                HttpResponse.BodyHandlers.discarding());
    return server
        .http()
        .with("Cookie", begun.cookie())
        .with("Accept", "text/html")
        .get(back.headers().firstValue("Location").orElseThrow().substring(PUBLIC.length()));
  }

  /** What a browser does: follows every redirect, keeps the cookie of the service. */
  private static String signIn(String person) throws Exception {
    issuer.person(person);
    Begun begun = begin("/for-tests/caller");
    String renewed = finish(begun).header("Set-Cookie");
    return renewed.isEmpty() ? begun.cookie() : renewed.split(";")[0];
  }
}
