package io.strikegrid.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FloorsTest {

  static final List<String> FLOORS =
      List.of("check", "time", "market", "bar", "pricing", "grid", "measure", "day");

  private static final String ROOT = "io.strikegrid.engine.";
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.strikegrid.engine");

  @ParameterizedTest
  @FieldSource("FLOORS")
  void floor_anyClass_usesLowerFloorsOnly(String floor) {
    List<String> higher = FLOORS.subList(FLOORS.indexOf(floor) + 1, FLOORS.size());
    if (higher.isEmpty()) {
      return;
    }
    noClasses()
        .that()
        .resideInAPackage(ROOT + floor + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(higher.stream().map(one -> ROOT + one + "..").toArray(String[]::new))
        .allowEmptyShould(true)
        .check(ENGINE);
  }

  @Test
  void engine_anyClass_residesOnAFloor() {
    assertThat(ENGINE)
        .isNotEmpty()
        .allSatisfy(one ->
            assertThat(FLOORS)
                .anySatisfy(floor ->
                    assertThat(one.getPackageName() + ".").startsWith(ROOT + floor + ".")));
  }

  @Test
  void engine_anyClass_dependsOnTheJdkAndJSpecifyOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.strikegrid.engine..")
        .check(ENGINE);
  }

  @Test
  void engine_anyClass_doesNotAskTheTime() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(OffsetDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(ENGINE);
  }
}
