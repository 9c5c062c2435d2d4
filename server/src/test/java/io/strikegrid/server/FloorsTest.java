package io.strikegrid.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The floors of the server, lowest first; siblings share a floor and never use each other. */
final class FloorsTest {

  private static final String ROOT = "io.strikegrid.server.";
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("platform"),
          List.of("store"),
          List.of("rollup"),
          List.of("audit", "pages"),
          List.of("live"),
          List.of("jobs"),
          List.of("view"),
          List.of("ingest", "chain", "stream", "status", "dashboard"),
          List.of("app"));
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.strikegrid.server");

  @Test
  void packages_dependOnLowerFloorsAlone() {
    Architectures.LayeredArchitecture layers =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : names()) {
      layers = layers.layer(name).definedBy(ROOT + name + "..");
    }
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      String[] higher =
          FLOORS.subList(floor + 1, FLOORS.size()).stream()
              .flatMap(List::stream)
              .toArray(String[]::new);
      for (String name : FLOORS.get(floor)) {
        layers =
            higher.length == 0
                ? layers.whereLayer(name).mayNotBeAccessedByAnyLayer()
                : layers.whereLayer(name).mayOnlyBeAccessedByLayers(higher);
      }
    }
    layers.check(CLASSES);
  }

  @Test
  void classes_liveOnAFloor() {
    String[] packages = names().stream().map(name -> ROOT + name + "..").toArray(String[]::new);
    classes().should().resideInAnyPackage(packages).check(CLASSES);
  }

  @Test
  void time_isAskedOfAClockThatWasGiven() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "platform..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  private static List<String> names() {
    return FLOORS.stream().flatMap(List::stream).toList();
  }
}
