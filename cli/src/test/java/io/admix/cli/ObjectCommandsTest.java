package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.admix.files.Sources;
import io.admix.files.s3.S3ProxyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import tools.jackson.databind.JsonNode;

/** The commands on places of objects, against a real server. */
class ObjectCommandsTest {
  private static String bucket;

  @TempDir Path folder;

  @BeforeAll
  static void objects() {
    bucket = S3ProxyServer.shared().bucket();
    for (int i = 0; i < 6; i++) {
      String key = "in/" + (i % 2 == 0 ? "even" : "odd") + "/f" + i + ".txt";
      S3ProxyServer.shared()
          .plain()
          .putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(key));
    }
  }

  @Test
  void aPlaceIsRegistered_shown_readAgain_plannedAndRemoved() throws Exception {
    JsonNode added =
        valid(
            "dataset-add.json",
            ok("dataset", "add", "d", at("in"), "--labels-from-folders", "--json"));
    assertThat(added.at("/dataset/path").stringValue()).isEqualTo(at("in/"));
    assertThat(added.at("/labelled").intValue()).isEqualTo(6);
    valid("dataset-add.json", ok("dataset", "rescan", "d", "--json"));
    JsonNode show = valid("dataset-show.json", ok("dataset", "show", "d", "--json"));
    assertThat(show.at("/labels/folder/odd").intValue()).isEqualTo(3);
    assertThat(ok("dataset", "list")).contains(at("in/"));
    Files.writeString(
        folder.resolve("r.yaml"),
        "name: m\nseed: 1\ntotal: 4\ntarget: %s\nsources:\n  - {dataset: d, weight: 1}\n"
            .formatted(at("mixes/m")));
    assertThat(ok("plan", "r.yaml", "-o", "m.plan"))
        .contains("into " + at("mixes/m/"), "copy 4 files", "4 HEAD, 4 COPY requests");
    for (String line : Files.readAllLines(folder.resolve("m.plan"))) {
      valid("plan-line.json", line);
    }
    valid("plan.json", ok("plan", "r.yaml", "--json"));
    ok("dataset", "remove", "d");
    assertThat(
            S3ProxyServer.shared()
                .plain()
                .listObjectsV2(b -> b.bucket(bucket).prefix("in/"))
                .keyCount())
        .isEqualTo(6);
  }

  @Test
  void doctor_tellsWhatTheStoreHeeds_andLeavesNothing() throws Exception {
    JsonNode report = valid("doctor-objects.json", ok("doctor", at("in"), at("out"), "--json"));
    assertThat(report.at("/abilities/putIfAbsent").booleanValue()).isTrue();
    assertThat(report.at("/abilities/copyIfAbsent").booleanValue()).as("S3Proxy").isFalse();
    assertThat(ok("doctor", at("in"), at("out")))
        .contains("copy", "not refused", "in parts, since a plain copy of this store overwrites");
    Path local = Files.createDirectories(folder.resolve("local"));
    Sources.watch(local);
    assertThat(ok("doctor", local.toString(), at("out"))).contains("admix run uses copy");
    valid("doctor-objects.json", ok("doctor", at("in"), folder.toString(), "--json"));
    assertThat(
            S3ProxyServer.shared()
                .plain()
                .listObjectsV2(b -> b.bucket(bucket).prefix("out/"))
                .keyCount())
        .isZero();
    CommandRun overlap = run("doctor", at("in"), at("in/x"));
    assertThat(overlap.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(overlap.err()).contains("overlap");
  }

  @Test
  void mistakes_areOneLine_withoutAStackTraceOrASecret() {
    for (String[] mistake :
        new String[][] {
          {"gs://b/p", "the scheme `gs` is not known"},
          {"s3://", "names no bucket"},
          {"s3://b-there-is-none/p", "no such bucket"},
          {at("nothing"), "no object below"},
        }) {
      CommandRun run = run("dataset", "add", "x", mistake[0]);
      assertThat(run.code()).as(mistake[0]).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err().lines().toList()).as(run.err()).hasSize(1);
      assertThat(run.err()).contains(mistake[1]).doesNotContain("\tat ", S3ProxyServer.SECRET);
    }
    CommandRun checksum = run("dataset", "add", "x", at("in"), "--checksum");
    assertThat(checksum.err()).contains("No checksums are recorded of objects");
    CommandRun endpoint =
        CommandRun.of(
            folder, "dataset", "list", "-c", "admix.s3.endpoint=https://user:geheim@host");
    assertThat(endpoint.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(endpoint.err()).contains("admix.s3.endpoint").doesNotContain("geheim");
    CommandRun nobody =
        CommandRun.of(
            folder,
            "dataset",
            "add",
            "x",
            at("in"),
            "-c",
            "admix.s3.endpoint=http://127.0.0.1:1",
            "-c",
            "admix.s3.path-style=true",
            "-c",
            "admix.s3.attempts=1");
    assertThat(nobody.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(nobody.err()).contains("no whole answer came", "admix.s3.endpoint");
  }

  /** A process of its own: credentials of whoever runs this test are hidden from it. */
  @Test
  void withoutAnyCredentials_itIsToldWhichAreLookedFor() throws Exception {
    Files.writeString(
        folder.resolve("into.yaml"),
        "name: m\nseed: 1\ntarget: %s\nsources:\n  - {path: ./local, count: 1}\n"
            .formatted(at("none/m")));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            "io.admix.cli.Main",
            "run",
            "into.yaml",
            "--home",
            folder.resolve("home").toString(),
            "-c",
            "admix.s3.endpoint=http://127.0.0.1:" + S3ProxyServer.shared().port(),
            "-c",
            "admix.s3.path-style=true");
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("HOME", folder.toString());
    Path err = folder.resolve("err.txt");
    Path local = Files.createDirectories(folder.resolve("local"));
    Files.writeString(local.resolve("f"), "1");
    Sources.watch(local);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(Files.readString(err)).isEqualTo(ExitCode.FAILED);
    assertThat(Files.readString(err))
        .isEqualTo(
            "admix: ListObjectsV2 s3://%s/none/m/: the credentials are missing or not accepted (the SDK's default chain finds none: environment, profile, container or machine role). Give credentials as the AWS tools take them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (AWS_PROFILE), or the role of this machine or container.\n"
                .formatted(bucket));
  }

  private static String at(String path) {
    return "s3://" + bucket + "/" + path;
  }

  private String ok(String... words) {
    CommandRun run = run(words);
    assertThat(run.code()).as(String.join(" ", words) + "\n" + run.err()).isZero();
    assertThat(run.err()).doesNotContain(S3ProxyServer.SECRET);
    return run.out();
  }

  private CommandRun run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "-c",
            "admix.s3.endpoint=http://127.0.0.1:" + S3ProxyServer.shared().port(),
            "-c",
            "admix.s3.path-style=true"));
    return CommandRun.of(folder, all.toArray(String[]::new));
  }

  private static JsonNode valid(String schema, String json) throws Exception {
    String text = Files.readString(Repository.root().resolve("docs/schemas").resolve(schema));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON)
                .validate(json, InputFormat.JSON))
        .as(schema + "\n" + json)
        .isEmpty();
    return Json.MAPPER.readTree(json);
  }
}
