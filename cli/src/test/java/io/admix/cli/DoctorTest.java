package io.admix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.admix.files.Mounts;
import io.admix.files.Sources;
import io.admix.files.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code admix doctor} tells of real mounts, and that it leaves nothing. */
class DoctorTest {
  private static final int SOMEBODY = 65_534;

  @TempDir Path folder;
  @RegisterExtension final Mounts mounts = Mounts.perTest();
  private final List<Path> sources = new ArrayList<>();
  private Path source;

  @BeforeEach
  void makeSource() throws Exception {
    source = filled(folder.toRealPath().resolve("source"));
  }

  /** The source guard compares bytes, modes, owners and times; this the number of links. */
  @AfterEach
  void noFileHasAnotherLink() throws Exception {
    assertThat(Files.getAttribute(source.resolve("d/small"), "unix:nlink")).isEqualTo(1);
  }

  /** Before the file systems go on which some of them lie. */
  @AfterEach
  void compareSources() throws IOException {
    for (Path made : sources) {
      Sources.release(made);
    }
  }

  private Path filled(Path made) throws IOException {
    Files.createDirectories(made.resolve("d"));
    Files.write(made.resolve("large"), new byte[5_000]);
    Files.write(made.resolve("d/small"), new byte[50]);
    sources.add(made);
    return Sources.watch(made);
  }

  private static void assertNothingLeft(Path target) throws IOException {
    try (Stream<Path> names = Files.list(target)) {
      assertThat(names.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".admix-"));
    }
  }

  private JsonNode doctor(int code, Path from, Path to) throws IOException {
    CommandRun run = CommandRun.of(folder, "doctor", from.toString(), to.toString(), "--json");
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    return valid(run.out());
  }

  private static JsonNode valid(String json) throws IOException {
    String text = Files.readString(Repository.root().resolve("docs/schemas/doctor.json"));
    var problems =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON)
            .validate(json, InputFormat.JSON);
    assertThat(problems).as(json).isEmpty();
    return Json.MAPPER.readTree(json);
  }

  private static String answer(JsonNode report, String method) {
    return report.at("/methods/" + method + "/answer").stringValue();
  }

  private static String errno(JsonNode report, String method) {
    return report.at("/methods/" + method + "/errno").stringValue();
  }

  @Test
  void onOneMount_hardLinksAreUsed_andPeopleCanReadIt() throws Exception {
    Path target = Files.createDirectory(folder.toRealPath().resolve("target"));
    JsonNode report = doctor(0, source, target);
    assertThat(report.get("between").stringValue()).isEqualTo("SAME_MOUNT");
    assertThat(report.at("/sample/path").stringValue())
        .as("the smallest")
        .isEqualTo(source.resolve("d/small").toString());
    for (String method : List.of("HARDLINK", "SYMLINK", "COPY")) {
      assertThat(answer(report, method)).as(method).isEqualTo("WORKS");
    }
    assertThat(report.at("/rename/answer").stringValue()).isEqualTo("WORKS");
    assertThat(report.at("/run/method").stringValue()).isEqualTo("HARDLINK");
    assertThat(report.at("/limits/foldsCase").booleanValue()).isFalse();
    assertThat(target).isEmptyDirectory();
    String text = CommandRun.of(folder, "doctor", source.toString(), target.toString()).out();
    assertThat(text)
        .containsPattern("hardlink +works")
        .containsPattern("rename +works")
        .containsPattern("between +one mount")
        .contains("uses hardlink.", source.toString(), target.toString())
        .matches("(?s)\\p{ASCII}*");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void throughABindMount_hardLinksAreNotPossible_andTheReasonIsTold() throws Exception {
    Path disk = mounts.disk("ext4", "16M");
    Path data = filled(disk.resolve("data"));
    Path bind = mounts.bind(data);
    JsonNode report = doctor(0, bind, disk.resolve("mixes"));
    assertThat(report.get("between").stringValue()).isEqualTo("SAME_DEVICE");
    assertThat(errno(report, "HARDLINK")).isEqualTo("EXDEV");
    assertThat(report.at("/run/method").stringValue()).isEqualTo("SYMLINK");
    assertThat(report.at("/source/mountPoint").stringValue()).isEqualTo(bind.toString());
    assertThat(report.at("/target/mountPoint").stringValue()).isEqualTo(disk.toString());
    assertThat(report.at("/source/mountId")).isNotEqualTo(report.at("/target/mountId"));
    assertThat(report.at("/limits/links").longValue()).isEqualTo(65_000);
    assertThat(report.get("notes").toString()).contains("bind mount", "Few inodes");
    assertNothingLeft(disk);
  }

  @Test
  void betweenTwoFileSystems_symbolicLinksAreUsed() throws Exception {
    Path memory = mounts.tmpfs("size=1m");
    JsonNode report = doctor(0, source, memory);
    assertThat(report.get("between").stringValue()).isEqualTo("OTHER_DEVICE");
    assertThat(report.at("/target/fileSystem").stringValue()).isEqualTo("tmpfs");
    assertThat(report.at("/limits/links").isNull()).as("without bound").isTrue();
    assertThat(report.at("/run/method").stringValue()).isEqualTo("SYMLINK");
    assertThat(memory).isEmptyDirectory();
  }

  @Test
  void whereBlocksAreShared_reflinksWork() throws Exception {
    Path disk = mounts.disk("xfs", "300M");
    JsonNode report = doctor(0, filled(disk.resolve("data")), disk.resolve("mixes"));
    assertThat(answer(report, "REFLINK")).isEqualTo("WORKS");
    assertThat(report.at("/target/exists").booleanValue()).isFalse();
    assertThat(report.get("triedIn").stringValue()).isEqualTo(disk.toString());
    assertThat(report.get("notes").toString()).contains("is not there yet");
    assertThat(disk.resolve("mixes")).doesNotExist();
    assertNothingLeft(disk);
  }

  @Test
  void aReadOnlyTarget_isExitCode1_andSaysWhy() throws Exception {
    Path disk = mounts.disk("ext4", "16M");
    mounts.remount(disk, "ro");
    JsonNode report = doctor(ExitCode.FAILED, source, disk);
    for (String method : List.of("HARDLINK", "REFLINK", "SYMLINK", "COPY")) {
      assertThat(errno(report, method)).as(method).isEqualTo("EROFS");
    }
    assertThat(report.at("/target/readOnly").booleanValue()).isTrue();
    assertThat(report.get("notes").toString()).contains("read-only");
    CommandRun text = CommandRun.of(folder, "doctor", source.toString(), disk.toString());
    assertThat(text.out()).contains("can make nothing here");
  }

  @Test
  void anEmptySource_saysThatLinksWereNotTried() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path target = Files.createDirectory(folder.resolve("target"));
    JsonNode report = doctor(0, empty, target);
    assertThat(answer(report, "HARDLINK")).isEqualTo("UNKNOWN");
    assertThat(report.at("/methods/HARDLINK/why").stringValue()).contains("the mounts allow it");
    assertThat(report.get("sample").isNull()).isTrue();
    assertThat(report.at("/run/method").isNull()).isTrue();
    assertThat(report.get("notes").toString()).contains("No regular file");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void projectsThatForbidLinks_areTold() throws Exception {
    Path disk = mounts.disk("xfs", "300M");
    Path data = filled(disk.resolve("data"));
    Path target = Files.createDirectory(disk.resolve("target"));
    Tools.run("chattr", "-p", "7", "+P", target.toString());
    JsonNode report = doctor(0, data, target);
    assertThat(report.at("/target/project").intValue()).isEqualTo(7);
    assertThat(report.at("/target/inheritsProject").booleanValue()).isTrue();
    assertThat(report.at("/sample/project").intValue()).isZero();
    assertThat(errno(report, "HARDLINK")).isEqualTo("EXDEV");
    assertThat(report.get("notes").toString()).contains("quota project 7", "project 0");
    assertNothingLeft(target);
  }

  @Test
  void anImmutableFile_isTold() throws Exception {
    Path disk = mounts.disk("ext4", "16M");
    Path data = filled(disk.resolve("data"));
    Tools.run("chattr", "+i", data.resolve("d/small").toString());
    try {
      JsonNode report = doctor(0, data, Files.createDirectory(disk.resolve("target")));
      assertThat(errno(report, "HARDLINK")).isEqualTo("EPERM");
      assertThat(report.at("/sample/immutable").booleanValue()).isTrue();
      assertThat(report.get("notes").toString()).contains("chattr +i");
    } finally {
      Tools.run("chattr", "-i", data.resolve("d/small").toString());
    }
    assertThat(disk.resolve("target")).isEmptyDirectory();
  }

  @Test
  void anOverlay_isTold() throws Exception {
    Path disk = mounts.disk("ext4", "32M");
    Path lower = filled(disk.resolve("lower"));
    Path overlay = mounts.overlay(lower, Files.createDirectory(disk.resolve("up")), "xino=off");
    JsonNode report = doctor(0, overlay.resolve("d"), overlay.resolve("mixes"));
    assertThat(report.at("/source/fileSystem").stringValue()).isEqualTo("overlay");
    assertThat(report.get("notes").toString()).contains("copies its bytes up first");
    assertNothingLeft(overlay);
  }

  @Test
  void badUsageIsExitCode2_andNothingIsMade() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (List<String> two :
        List.of(
            List.of(folder.resolve("none").toString(), folder.toString()),
            List.of(file.toString(), folder.toString()),
            List.of(source.toString(), file.toString()),
            List.of(source.toString(), source.toString()),
            List.of(source.toString(), source.resolve("d/below/new").toString()),
            List.of(source.resolve("d").toString(), source.toString()))) {
      CommandRun run = CommandRun.of(folder, "doctor", two.get(0), two.get(1));
      assertThat(run.code()).as(two + run.err()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err()).contains("admix: The ");
    }
    assertThat(CommandRun.of(folder, "doctor", source.toString()).code())
        .isEqualTo(ExitCode.REFUSED);
    assertNothingLeft(folder);
  }

  @Test
  void anotherUser_mayNotLinkFilesThatItMayNotWrite() throws Exception {
    Tools.requireRoot("to become another user");
    Tools.require("setpriv");
    assumeTrue(
        Files.readString(Path.of("/proc/sys/fs/protected_hardlinks")).strip().equals("1"),
        "fs.protected_hardlinks is off");
    Files.setAttribute(folder, "unix:mode", 040755);
    Path own = Files.createDirectory(folder.resolve("own"));
    Path target = Files.createDirectory(own.resolve("target"));
    for (Path path : List.of(own, target)) {
      Files.setAttribute(path, "unix:uid", SOMEBODY);
    }
    Sources.change(
        source.resolve("d/small"),
        () -> Files.setAttribute(source.resolve("d/small"), "unix:mode", 0100644));
    // Whether its group's rights are the caller's too, only a trial tells.
    Sources.change(
        source.resolve("large"),
        () -> Files.setAttribute(source.resolve("large"), "unix:mode", 0100664));
    JsonNode report = asSomebody(own, "doctor", source.toString(), target.toString(), "--json");
    assertThat(errno(report, "HARDLINK")).isEqualTo("EPERM");
    assertThat(report.at("/sample/link").stringValue()).isEqualTo("PROTECTED");
    assertThat(report.at("/caller/user").intValue()).isEqualTo(SOMEBODY);
    assertThat(report.get("notes").toString())
        .contains("fs.protected_hardlinks is on", "belongs to user 0");
    assertThat(report.at("/run/method").stringValue()).isEqualTo("SYMLINK");
    assertThat(target).isEmptyDirectory();
    Path recipe =
        Files.writeString(
            own.resolve("r.yaml"),
            "name: m\nseed: 1\ntarget: %s/mix\nlink: [hardlink, copy]\nsources:\n  - {path: %s, count: 2}\n"
                .formatted(target, source));
    JsonNode plan = asSomebodyAny(own, "plan", recipe.toString(), "--json");
    assertThat(plan.at("/methods/COPY").intValue()).isEqualTo(2);
    assertThat(plan.get("warnings").toString()).contains("2 chosen files belong to others");
    assertThat(target).isEmptyDirectory();
  }

  private JsonNode asSomebody(Path own, String... arguments) throws Exception {
    JsonNode answer = asSomebodyAny(own, arguments);
    valid(answer.toString());
    return answer;
  }

  /** May read everything, as this test's own class path asks for, and write nothing of others. */
  private static JsonNode asSomebodyAny(Path own, String... arguments) throws Exception {
    List<String> somebody =
        List.of(
            "setpriv",
            "--reuid=" + SOMEBODY,
            "--regid=" + SOMEBODY,
            "--clear-groups",
            "--inh-caps=-all,+dac_read_search",
            "--ambient-caps=-all,+dac_read_search",
            "--bounding-set=-all,+dac_read_search");
    try (RealProcess process =
        RealProcess.in(Home.sqlite(own.resolve("home")), own).under(somebody).run(arguments)) {
      assertThat(process.waitFor()).as(process.err()).isZero();
      return Json.MAPPER.readTree(process.out());
    }
  }

  @Test
  void aKilledDoctorsScratchFolder_goesWithTheNext() throws Exception {
    assumeTrue(RealProcess.hasStrace(), "strace is needed");
    Path target = Files.createDirectory(folder.resolve("target"));
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=symlinkat",
            "-e",
            "inject=symlinkat:signal=KILL:when=1");
    try (RealProcess process =
        RealProcess.in(Home.sqlite(folder.resolve("home")), folder)
            .under(strace)
            .run("doctor", source.toString(), target.toString())) {
      process.waitFor();
    }
    TreeSet<String> left = new TreeSet<>();
    try (Stream<Path> names = Files.list(target)) {
      names.forEach(path -> left.add(path.getFileName().toString()));
    }
    assertThat(left).singleElement().asString().startsWith(".admix-doctor-");
    doctor(0, source, target);
    assertThat(target).isEmptyDirectory();
  }
}
