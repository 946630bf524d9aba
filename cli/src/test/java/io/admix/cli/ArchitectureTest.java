package io.admix.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.admix.catalog.CatalogException;
import io.admix.catalog.Dataset;
import io.admix.catalog.Distribution;
import io.admix.catalog.NameTakenException;
import io.admix.catalog.PendingMigration;
import io.admix.catalog.Task;
import io.admix.files.Scanner;
import io.admix.files.object.ObjectAbilities;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may import whom, and what a room must never hold. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.admix");

  @Test
  void everyRoomIsLookedAt() {
    Set<String> rooms = new TreeSet<>();
    ALL.forEach(c -> rooms.add(c.getPackageName().split("\\.")[2]));
    assertThat(rooms).contains("core", "files", "catalog", "engine", "cli");
    assertThat(
            ALL.contain("io.admix.files.linux.LinuxAccessProvider")
                || ALL.stream()
                    .anyMatch(c -> c.getPackageName().startsWith("io.admix.files.linux")))
        .as("files-linux is on the class path")
        .isTrue();
    assertThat(ALL.stream().anyMatch(c -> c.getPackageName().equals("io.admix.files.s3")))
        .as("files-s3 is on the class path")
        .isTrue();
  }

  @Test
  void coreImportsNothingOfOurs() {
    classes()
        .that()
        .resideInAPackage("io.admix.core..")
        .should()
        .onlyDependOnClassesThat(
            // Steps of a selection are sent to the machines of a cluster.
            belongToAnyOf(Serializable.class)
                .or(
                    resideInAnyPackage(
                        "io.admix.core..",
                        "java.lang..",
                        "java.math..",
                        "java.util..",
                        "java.time..",
                        "java.nio.charset..",
                        "java.nio",
                        "java.security..",
                        "org.jspecify..",
                        "")))
        .check(ALL);
  }

  @Test
  void filesImportsCoreOnly() {
    onlyOurs("io.admix.files..", "io.admix.files..", "io.admix.core..");
    noClasses()
        .that()
        .resideInAPackage("io.admix.files")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.admix.files.linux..")
        .check(ALL);
  }

  /** The adapter is found as a service: nothing of the SDK is loaded where no object is used. */
  @Test
  void nobodyImportsTheAdapterOfStores() {
    noClasses()
        .that(not(resideInAPackage("io.admix.files.s3..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.admix.files.s3..", "software.amazon.awssdk.."))
        .check(ALL);
  }

  @Test
  void catalogImportsCoreOnlyAndPlacesNothing() {
    onlyOurs("io.admix.catalog..", "io.admix.catalog..", "io.admix.core..");
  }

  @Test
  void engineImportsCoreFilesAndCatalogAndSpeaksNoSql() {
    onlyOurs(
        "io.admix.engine..",
        "io.admix.engine..",
        "io.admix.core..",
        "io.admix.files",
        "io.admix.files.object",
        "io.admix.catalog..");
    noClasses()
        .that()
        .resideInAPackage("io.admix.engine..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.sql..",
                "javax.sql..",
                "picocli..",
                "java.net.http..",
                "me.tongfei..",
                "org.jdbi.."))
        .check(ALL);
  }

  /**
   * The command line sees of the other rooms what the engine's own doors hand out, and nothing that
   * acts.
   */
  @Test
  void theCommandLineSeesTheEngineAndWhatItsDoorsHandOut() {
    noClasses()
        .that()
        .resideInAPackage("io.admix.cli..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.admix.files..", "io.admix.catalog..", "java.sql..")
                .and(
                    not(
                        belongToAnyOf(
                            Dataset.class,
                            Distribution.class,
                            Task.class,
                            CatalogException.class,
                            NameTakenException.class,
                            PendingMigration.class,
                            Scanner.Skipped.class,
                            ObjectAbilities.class))))
        .check(ALL);
    noClasses()
        .that(not(resideInAPackage("io.admix.cli..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.admix.cli..")
        .check(ALL);
  }

  private static void onlyOurs(String room, String... allowed) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.admix..")
                .and(not(JavaClass.Predicates.resideInAnyPackage(allowed))))
        .check(ALL);
  }
}
