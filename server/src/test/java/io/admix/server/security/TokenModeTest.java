package io.admix.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.RawHttp;
import io.admix.server.ServerForTests;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The default: one token, a cookie made with it. */
class TokenModeTest {
  private static ServerForTests server;
  private static String token;
  private static final String FORM = "application/x-www-form-urlencoded";

  @BeforeAll
  static void start() throws Exception {
    server =
        ServerForTests.start("admix.server.max-body=1KB", "admix.server.hosts=mix.example.org");
    token = Files.readString(server.home().resolve("server-token")).strip();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpForTests bearer() {
    return server.http().with("Authorization", "Bearer " + token);
  }

  private static String signIn() {
    HttpAnswer answer = server.http().get("/sign-in?token=" + token);
    assertThat(answer.status()).isEqualTo(303);
    return answer.header("Set-Cookie").split(";")[0];
  }

  private static HttpForTests browser() {
    return server.http().with("Cookie", signIn()).with("Origin", server.base().toString());
  }

  @Test
  void theToken_liesInTheHomeForItsOwnerAlone() throws Exception {
    Path file = server.home().resolve("server-token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(token).hasSizeGreaterThanOrEqualTo(43);
  }

  @Test
  void everyDoor_isClosedToOutsidersWrongTokensForeignHostsAndForeignOrigins() {
    List<Door> doors = Door.all(server.context());
    assertThat(doors).hasSizeGreaterThan(5).contains(new Door("GET", "/for-tests/caller"));
    int before = TestDoors.CALLS.get();
    for (Door door : doors) {
      boolean isSignIn = door.equals(new Door("GET", "/sign-in"));
      if (!door.isHealth()) {
        assertThat(door.knock(server.http()).status()).as("outsider %s", door).isEqualTo(401);
        assertThat(door.knock(server.http().with("User", "anna")).status())
            .as("spoofed header %s", door)
            .isEqualTo(401);
        assertThat(
                door.knock(server.http().with("Authorization", "Bearer " + token + "x")).status())
            .as("wrong token %s", door)
            .isEqualTo(401);
        assertThat(door.knock(server.http().with("Cookie", "admix-session=9999999999.x")).status())
            .as("forged cookie %s", door)
            .isEqualTo(401);
        assertThat(foreignHost(door)).as("foreign host %s", door).startsWith("HTTP/1.1 403");
      }
      HttpForTests foreign = bearer().with("Origin", "https://evil.example");
      assertThat(door.knock(foreign).status()).as("foreign origin %s", door).isEqualTo(403);
      assertThat(isSignIn || door.isHealth() || !door.knock(server.http()).body().contains(token))
          .isTrue();
    }
    assertThat(TestDoors.CALLS.get()).as("no controller was reached").isEqualTo(before);
  }

  private static String foreignHost(Door door) {
    return RawHttp.send(
        server.base(),
        RawHttp.lines(
            door.method() + " " + door.path() + " HTTP/1.1",
            "Host: evil.example",
            "Authorization: Bearer " + token));
  }

  @Test
  void aProgramWithTheToken_isTheSystem() {
    HttpAnswer answer = bearer().get("/for-tests/caller");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("owner").asString()).isEqualTo("system");
    assertThat(answer.json().get("sight").asString()).isEqualTo("ALL");
  }

  @Test
  void aConfiguredHostName_isOurs() {
    assertThat(
            RawHttp.send(
                server.base(),
                RawHttp.lines(
                    "GET /for-tests/caller HTTP/1.1",
                    "Host: mix.example.org:1234",
                    "Authorization: Bearer " + token)))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void theSignInUrl_givesABrowserACookieThatNoScriptAndNoOtherSiteGets() {
    HttpAnswer answer = server.http().get("/sign-in?token=" + token);
    assertThat(answer.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain(token);
    assertThat(answer.header("Location")).isEqualTo("/");
    assertThat(browser().get("/for-tests/caller").status()).isEqualTo(200);
    assertThat(server.http().get("/sign-in?token=x").status()).isEqualTo(401);
    assertThat(server.http().get("/sign-in").status()).isEqualTo(401);
    assertThat(server.http().get("/sign-in?token=%FF").status()).isEqualTo(400);
  }

  @Test
  void theTokenOfAForm_signsIn_andLeadsToThePageThatWasAskedFor() {
    HttpForTests page = server.http().with("Accept", "text/html");
    String fields = "&next=%2Fdatasets%3Fsearch%3D%E4%B8%AD";
    HttpAnswer answer = page.send("POST", "/sign-in", "token=" + token + fields, FORM);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo("/datasets?search=%E4%B8%AD");
    String cookie = answer.header("Set-Cookie").split(";")[0];
    assertThat(server.http().with("Cookie", cookie).get("/for-tests/caller").status())
        .isEqualTo(200);
    assertThat(
            page.with("Cookie", cookie)
                .send("POST", "/sign-in", "token=" + token + fields, FORM)
                .status())
        .as("once more")
        .isEqualTo(303);

    HttpAnswer wrong = page.send("POST", "/sign-in", "token=x" + fields, FORM);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.header("Set-Cookie")).isEmpty();
    assertThat(wrong.body())
        .contains("method=\"post\"", "value=\"/datasets?search=%E4%B8%AD\"", "not the token");
    assertThat(page.send("POST", "/sign-in", "token=x&next=//evil.example", FORM).body())
        .contains("value=\"/\"");
  }

  @Test
  void signingInByAForm_opensNothingElse() {
    String right = "token=" + token;
    HttpForTests outsider = server.http();
    assertThat(
            outsider
                .with("Origin", "https://evil.example")
                .send("POST", "/sign-in", right, FORM)
                .status())
        .isEqualTo(403);
    assertThat(
            outsider
                .with("Sec-Fetch-Site", "cross-site")
                .send("POST", "/sign-in", right, FORM)
                .status())
        .isEqualTo(403);
    for (String path : List.of("/sign-in/", "/sign-in/x", "/for-tests/form", "/sign-in;x")) {
      assertThat(outsider.send("POST", path, right, FORM).status()).as(path).isNotIn(200, 303);
    }
    for (String method : List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")) {
      assertThat(outsider.send(method, "/sign-in", right, FORM).status()).as(method).isEqualTo(401);
    }
  }

  @Test
  void whatIsSentToSignIn_isShort_andTellsItsLength() {
    String head =
        "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: %s\r\n"
            .formatted(FORM);
    // Nothing of the body is ever sent: whoever waits for it does not answer.
    assertThat(RawHttp.firstLine(server.base(), head + "Content-Length: 8193\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    assertThat(RawHttp.firstLine(server.base(), head + "Transfer-Encoding: chunked\r\n\r\n"))
        .startsWith("HTTP/1.1 411");
  }

  @Test
  void aFormInChunks_keepsItsFields() {
    String head =
        "POST /for-tests/form HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(token, FORM);
    assertThat(RawHttp.send(server.base(), head + "c\r\nfiles=delete\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("files=delete");
    assertThat(
            RawHttp.send(server.base(), head + "11170\r\n" + "x".repeat(70_000) + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("The form that was sent is too large");
  }

  @Test
  void aPartOfAPage_getsNoSignIn_butWhatItsScriptUnderstands() {
    HttpAnswer answer =
        server.http().with("HX-Request", "true").with("Accept", "text/html, */*").get("/tasks");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Location")).isEmpty();
  }

  @Test
  void theSignInUrl_liesBelowTheAddressThatTheServiceIsReachedBy() {
    SignIn signIn = server.context().getBean(SignIn.class);
    for (String slash : List.of("", "/")) {
      assertThat(signIn.url(URI.create("https://mix.example.org/admix" + slash)))
          .hasHost("mix.example.org")
          .hasPath("/admix/sign-in")
          .hasParameter("token", token);
    }
  }

  @Test
  void aLinkFromAnotherSite_leadsToItsPage_andItsFormChangesNothing() {
    HttpForTests lured =
        server.http().with("Cookie", signIn()).with("Sec-Fetch-Site", "cross-site");
    int before = TestDoors.CALLS.get();
    assertThat(lured.get("/for-tests/caller").status()).isEqualTo(200);
    assertThat(
            lured.with("Origin", "https://evil.example").post("/for-tests/things", "{}").status())
        .isEqualTo(403);
    assertThat(lured.delete("/for-tests/things/7").status()).isEqualTo(403);
    assertThat(TestDoors.CALLS.get()).as("the page alone").isEqualTo(before + 1);
  }

  @Test
  void aChangeFromABrowser_needsTheTokenOfItsPage() {
    HttpForTests browser = browser();
    int before = TestDoors.CALLS.get();
    assertThat(browser.post("/for-tests/things", "{}").status()).isEqualTo(403);
    assertThat(browser.with("X-CSRF-TOKEN", "x").post("/for-tests/things", "{}").status())
        .isEqualTo(403);
    assertThat(TestDoors.CALLS.get()).isEqualTo(before);
    var session = browser.get("/session").json();
    HttpForTests page =
        browser.with(session.get("csrfHeader").asString(), session.get("csrfToken").asString());
    assertThat(page.post("/for-tests/things", "{}").status()).isEqualTo(200);
    assertThat(page.delete("/for-tests/things/7").status()).isEqualTo(200);
  }

  @Test
  void aMixIsBegunFromABrowser_onlyWithTheTokenOfItsPage() {
    HttpForTests browser = browser();
    String form = "application/x-www-form-urlencoded";
    for (String path : new String[] {"/compose", "/compose/live", "/compose/plan"}) {
      assertThat(browser.send("POST", path, "name=x", form).status()).as(path).isEqualTo(403);
    }
    String token = browser.get("/session").json().get("csrfToken").asString();
    assertThat(browser.send("POST", "/compose/live", "name=x&_csrf=" + token, form).status())
        .isEqualTo(200);
  }

  @Test
  void anotherSitesRequest_isRefusedByWhatTheBrowserSaysOfIt() {
    HttpForTests lured =
        server.http().with("Cookie", signIn()).with("Sec-Fetch-Site", "cross-site");
    assertThat(lured.post("/for-tests/things", "{}").status()).isEqualTo(403);
  }

  @Test
  void aPageOfAnotherPortOfThisMachine_isForeign() {
    URI base = server.base();
    assertThat(bearer().with("Origin", "http://127.0.0.1:1").get("/for-tests/caller").status())
        .isEqualTo(403);
    assertThat(bearer().with("Origin", "http://127.0.0.1").get("/for-tests/caller").status())
        .isEqualTo(403);
    assertThat(bearer().with("Origin", "null").get("/for-tests/caller").status()).isEqualTo(403);
    assertThat(bearer().with("Origin", base.toString()).get("/for-tests/caller").status())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLarge_isRefusedWhetherItsLengthIsToldOrNot() {
    assertThat(bearer().post("/for-tests/things", "x".repeat(1024)).status()).isEqualTo(200);
    assertThat(bearer().post("/for-tests/things", "x".repeat(1025)).status()).isEqualTo(413);
    String chunk = "800\r\n" + "x".repeat(2048) + "\r\n0\r\n\r\n";
    String head =
        "POST /for-tests/things HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(token);
    assertThat(RawHttp.send(server.base(), head + chunk)).startsWith("HTTP/1.1 413");
    assertThat(RawHttp.send(server.base(), head + "2\r\n{}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aFormOfAStranger_isNotRead() {
    String head =
        "DELETE /for-tests/things/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n";
    String bearer = "Authorization: Bearer " + token + "\r\n";
    // Nothing of the body is ever sent: whoever waits for it does not answer.
    assertThat(RawHttp.firstLine(server.base(), head.formatted("", 3_000_000)))
        .startsWith("HTTP/1.1 401");
    assertThat(RawHttp.firstLine(server.base(), head.formatted(bearer, 3_000_000)))
        .startsWith("HTTP/1.1 413");
    assertThat(RawHttp.send(server.base(), head.formatted("", 5) + "a=%zz"))
        .startsWith("HTTP/1.1 401");
    assertThat(RawHttp.send(server.base(), head.formatted(bearer, 5) + "a=%zz"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void headersThatAreTooLarge_areRefused() {
    assertThat(bearer().with("X-Long", "x".repeat(70_000)).get("/for-tests/caller").status())
        .isEqualTo(400);
  }

  @Test
  void everyAnswer_tellsBrowsersWhatTheyMayDoWithIt() {
    HttpAnswer answer = bearer().get("/for-tests/caller");
    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Server")).isEmpty();
    HttpAnswer page = bearer().with("Accept-Encoding", "gzip").get("/tasks");
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Encoding")).as("its length tells of its secrets").isEmpty();
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'self'")
        .doesNotContain("unsafe", "script-src", "style-src");
  }

  @Test
  void aFaultOfAFilter_isAnsweredAsOneAndLogged() {
    Logger logger = (Logger) LoggerFactory.getLogger(FaultFilter.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    HttpAnswer answer = bearer().get(BrokenFilter.PATH);
    logger.detachAppender(log);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().get("detail").asString()).contains("the log of the service tells");
    assertThat(log.list)
        .singleElement()
        .satisfies(e -> assertThat(e.getThrowableProxy().getMessage()).contains("secret inner"));
  }

  @Test
  void anAnswerThatBreaksOff_getsNoOtherBehindIt_norAnEnd() {
    String raw =
        RawHttp.send(
            server.base(),
            "GET /for-tests/half HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(token));
    assertThat(raw).contains("chunked", "{}").doesNotContain("Something went wrong", "\r\n0\r\n");
  }

  @Test
  void aFaultOfTheProgram_tellsNothingOfIt() {
    HttpAnswer answer = bearer().get("/for-tests/fault");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret inner words", "Exception", "java", "at io.");
    for (String broken :
        List.of("GET /%zz HTTP/1.1", "GET / HTTP/9.9", "NONSENSE", "GET /a//b;c HTTP/1.1")) {
      String raw =
          RawHttp.send(
              server.base(),
              RawHttp.lines(broken, "Host: 127.0.0.1", "Authorization: Bearer " + token));
      assertThat(raw)
          .as(broken)
          .containsPattern("HTTP/1.1 [45]")
          .doesNotContain("Tomcat", "java", "<html");
    }
  }

  @Test
  void healthAlone_isToldToEverybody() {
    assertThat(server.http().get("/health").status()).isEqualTo(200);
    assertThat(server.http().get("/health/ready").status()).isEqualTo(200);
    assertThat(server.http().get("/metrics").status()).isEqualTo(401);
    assertThat(server.http().get("/assets/admix.css").status()).isEqualTo(401);
    assertThat(server.http().get("/v3/api-docs").status()).isEqualTo(401);
    assertThat(server.http().get("/actuator/env").status()).isEqualTo(401);
    assertThat(bearer().get("/actuator/env").status()).isEqualTo(404);
  }
}
