package io.admix.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the room of the service may see, and what it must never hold. */
class ServerRoomTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.admix.server");

  private static final Set<String> READING =
      Set.of(
          "exists", "isDirectory", "isRegularFile", "isReadable", "newInputStream", "size", "copy");

  @Test
  void itSpeaksNoSqlAndReachesNoFiles() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "io.admix.cli.."))
        .check(ALL);
    noClasses()
        .should()
        .callMethodWhere(
            new DescribedPredicate<JavaCall<?>>("writes files") {
              @Override
              public boolean test(JavaCall<?> call) {
                return call.getTargetOwner().isEquivalentTo(Files.class)
                    && !READING.contains(call.getName());
              }
            })
        .check(ALL);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.FileOutputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.channels.FileChannel")
        .check(ALL);
  }

  @Test
  void onlyTheEnginesDoorsAreOpened() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.admix.catalog..")
                .and(
                    new DescribedPredicate<JavaClass>("act rather than tell") {
                      @Override
                      public boolean test(JavaClass type) {
                        return type.isInterface() && !type.isNestedClass();
                      }
                    }))
        .check(ALL);
    noClasses().should().dependOnClassesThat(resideInAPackage("io.admix.files..")).check(ALL);
  }
}
