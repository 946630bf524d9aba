package io.admix.server.pages.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetFile;
import io.admix.engine.NotThereException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each address of the pages of datasets: who may see what, and what is never shown. */
class DatasetsDoorsTest {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final byte[] PNG =
      "\u0089PNG\r\n\u001a\nno more".getBytes(StandardCharsets.ISO_8859_1);
  private static final String EVIL = "<img src=x onerror=alert(1)>.txt";

  private static String name(String what) {
    return "pages-" + what + "-" + NEXT.incrementAndGet();
  }

  /** A dataset with a text of an evil name, an image and a drawing that could hold scripts. */
  private static Dataset registered(ServerForTests server, Actor owner, String name)
      throws Exception {
    Path folder = Files.createDirectories(server.sources().resolve(name).resolve("a"));
    Files.writeString(folder.resolve(EVIL), "<script>alert(1)</script>");
    Files.write(folder.resolve("image.png"), PNG);
    Files.writeString(folder.resolve("drawing.svg"), "<svg onload=\"alert(1)\"/>");
    return server
        .admix()
        .sharedDatasets()
        .registerNow(
            owner,
            new AddRequest(
                name,
                Sources.watch(folder.getParent()),
                null,
                null,
                FolderLabels.FIRST_FOLDER,
                Checksums.NONE));
  }

  private static String file(ServerForTests server, Actor owner, Dataset dataset, String path)
      throws Exception {
    return server.admix().datasetLooks().files(owner, dataset.id(), path, null, 10).items().stream()
        .map(DatasetFile::id)
        .findFirst()
        .orElseThrow();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void whatIsSomebodyElses_isNotThere(ServerForTests server) throws Exception {
    Actor vera = Actor.of("pages-vera");
    HttpForTests paul = server.as("pages-paul");
    Dataset dataset = registered(server, vera, name("hers"));
    String at = "/datasets/" + dataset.id();
    String image = at + "/files/" + file(server, vera, dataset, "image.png");
    String scan = server.admix().sharedDatasets().rescan(vera, dataset.id(), Checksums.NONE).id();
    for (String path :
        List.of(
            at,
            at + "/figures",
            image,
            image + "/image",
            "/datasets/scans/" + scan,
            "/datasets/scans/" + scan + "/now")) {
      assertThat(paul.get(path).status()).as(path).isEqualTo(404);
      assertThat(server.as("pages-vera").get(path).status()).as(path).isEqualTo(200);
    }
    for (String path :
        List.of(at + "/rescan", at + "/remove", "/datasets/scans/" + scan + "/cancel")) {
      assertThat(paul.send("POST", path, "", "application/x-www-form-urlencoded").status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(paul.get("/datasets?search=" + dataset.name()).body()).doesNotContain(dataset.id());
    assertThat(paul.get("/datasets/scans").body()).doesNotContain(dataset.name());
    assertThat(paul.get("/datasets/register/folders?folder=" + encoded(dataset.path())).body())
        .contains("id=\"here\"")
        .doesNotContain("registered already");
    Dataset systems = registered(server, Actor.SYSTEM, name("shared"));
    assertThat(paul.get("/datasets/" + systems.id()).body()).doesNotContain("id=\"remove\"");
    assertThat(
            paul.send(
                    "POST",
                    "/datasets/" + systems.id() + "/remove",
                    "",
                    "application/x-www-form-urlencoded")
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void markupInNamesAndFiles_isTextOnEveryPage(ServerForTests server) throws Exception {
    HttpForTests http = server.http();
    Dataset dataset = registered(server, Actor.SYSTEM, name("<b onclick=x>"));
    Files.createDirectories(server.sources().resolve("<i>deep"));
    String at = "/datasets/" + dataset.id();
    String evil = at + "/files/" + file(server, Actor.SYSTEM, dataset, EVIL);
    String drawing = at + "/files/" + file(server, Actor.SYSTEM, dataset, "drawing.svg");
    for (String path :
        List.of(
            at,
            evil,
            drawing,
            "/datasets?search=" + encoded("<b onclick"),
            at + "?search=" + encoded("<img"),
            "/datasets/register?folder=" + encoded(server.sources() + "/" + dataset.name()))) {
      HttpAnswer answer = http.get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.body())
          .as(path)
          .contains("&lt;")
          .doesNotContain("<b onclick", "<img src=x", "<svg onload", "<script>alert", "<i>deep");
    }
    assertThat(http.get(drawing + "/image").status()).isEqualTo(404);
    HttpAnswer image =
        http.get(at + "/files/" + file(server, Actor.SYSTEM, dataset, "image.png") + "/image");
    assertThat(image.status()).isEqualTo(200);
    assertThat(image.header("Content-Type")).isEqualTo("image/png");
    assertThat(image.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(image.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; sandbox");
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void foldersOutside_areShownToNobody(ServerForTests server) throws Exception {
    HttpForTests http = server.http();
    Path link = server.sources().resolve(name("link"));
    Files.createSymbolicLink(link, Path.of("/etc"));
    for (String folder :
        List.of("/etc", "/", server.sources() + "/../..", link.toString(), link + "/ssl")) {
      HttpAnswer answer = http.get("/datasets/register/folders?folder=" + encoded(folder));
      assertThat(answer.status()).as(folder).isEqualTo(200);
      assertThat(answer.body())
          .as(folder)
          .contains("id=\"folder-error\"")
          .doesNotContain("folder-list", "ssl<");
      HttpAnswer sent =
          http.send(
              "POST",
              "/datasets",
              "name=x&folder=" + encoded(folder),
              "application/x-www-form-urlencoded");
      assertThat(sent.status()).as(folder).isEqualTo(422);
      assertThat(sent.body()).contains("id=\"folder-error\"");
    }
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void aMixTellsOfItsSources_andTheyOfIt_andItsFilesGoWhenAsked(ServerForTests server)
      throws Exception {
    HttpForTests http = server.http();
    Dataset source = registered(server, Actor.SYSTEM, name("source"));
    String mixName = name("mix");
    String task =
        http.post(
                "/api/v1/tasks",
                "{\"name\":\"%s\",\"sources\":[{\"dataset\":\"%s\",\"count\":2}]}"
                    .formatted(mixName, source.name()))
            .json()
            .get("id")
            .asString();
    Dataset mix =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .ignoreException(NotThereException.class)
            .until(
                () -> server.admix().sharedDatasets().find(Actor.SYSTEM, mixName),
                made -> made.status().equals("ACTIVE"));
    assertThat(http.get("/datasets/" + source.id()).body())
        .contains("/datasets/" + mix.id(), "/tasks/" + task);
    assertThat(http.get("/datasets/" + mix.id() + "/figures").body()).contains("/tasks/" + task);
    assertThat(http.get("/datasets/" + mix.id()).body()).contains("value=\"delete\"", "/manifest");
    assertThat(http.get("/datasets/" + source.id()).body()).doesNotContain("value=\"delete\"");
    HttpAnswer gone =
        http.send(
            "POST",
            "/datasets/" + mix.id() + "/remove",
            "files=delete",
            "application/x-www-form-urlencoded");
    assertThat(gone.status()).isEqualTo(303);
    assertThat(gone.header("Location")).isEqualTo("/datasets?said=removed");
    assertThat(Files.exists(Path.of(mix.path()))).isFalse();
    assertThat(http.get("/datasets/" + source.id()).body()).doesNotContain("/datasets/" + mix.id());
  }

  @Test
  void whereNoFolderIsAllowed_thePageSaysWhichSettingAllowsOne() throws Exception {
    try (ServerForTests server =
        ServerForTests.start("admix.security.mode=open", "admix.allowed-roots=none")) {
      assertThat(server.http().get("/datasets/register").body())
          .contains("admix serve -c admix.allowed-roots=")
          .doesNotContain("<form id=\"register\"");
      assertThat(server.http().get("/datasets").body())
          .contains("admix serve -c admix.allowed-roots=", "Make demo data");
    }
  }
}
