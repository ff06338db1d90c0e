package io.tillkeeper;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house as its plan says: which room may know which, and what is kept in which. */
class ArchitectureTest {

  private static final String HOUSE = "io.tillkeeper";

  /** From the roof down: an arrow goes only downwards. */
  private static final List<String> ROOMS =
      List.of(
          "api",
          "console",
          "feed",
          "host",
          "access",
          "sync",
          "odoo",
          "queue",
          "storage",
          "customer");

  /** A stand-in for somebody else's server: no room of the house. */
  private static final String SIMULATOR = HOUSE + ".simulator..";

  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(HOUSE);
    assertThat(house).isNotEmpty();
  }

  private static String room(String name) {
    return HOUSE + "." + name + "..";
  }

  @Test
  void everyClassIsInARoom() {
    var rooms = ROOMS.stream().map(ArchitectureTest::room).toList();
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(rooms.stream(), Stream.of(SIMULATOR)).toArray(String[]::new))
        .check(house);
  }

  @Test
  void anArrowGoesOnlyDownwards() {
    IntStream.range(1, ROOMS.size())
        .forEach(
            floor ->
                noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(floor)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                        ROOMS.subList(0, floor).stream()
                            .map(ArchitectureTest::room)
                            .toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(house));
  }

  @Test
  void theSimulatorAndTheHouseDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SIMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SIMULATOR)
        .check(house);
    noClasses()
        .that()
        .resideInAPackage(SIMULATOR)
        .should()
        .dependOnClassesThat(resideInAPackage(HOUSE + "..").and(resideOutsideOfPackage(SIMULATOR)))
        .check(house);
  }

  @Test
  void onlyTheQueueKnowsPersistence() {
    noClasses()
        .that()
        .resideOutsideOfPackage(room("queue"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..")
        .check(house);
  }

  @Test
  void onlyTheStorageKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage(room("storage"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.h2..")
        .check(house);
  }

  @Test
  void theWireToOdooIsNobodyElses() {
    noClasses()
        .that()
        .resideOutsideOfPackages(room("odoo"), SIMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(house);
  }

  @Test
  void aCustomerIsPlainJava() {
    noClasses()
        .that()
        .resideInAPackage(room("customer"))
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackage("java..")
                .and(resideOutsideOfPackage("org.jspecify.."))
                .and(resideOutsideOfPackage("com.google.i18n.phonenumbers.."))
                .and(resideOutsideOfPackage(room("customer"))))
        .check(house);
  }

  @Test
  void noClassIsNamedAfterWhatAnyClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Service|Manager|Impl|Utils?|Helper)(\\$.*)?")
        .check(house);
  }

  @Test
  void whatLiesOnTheDiskAndWhatGoesOverTheWireStaysInItsRoom() {
    classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate().check(house);
    classes()
        .that()
        .resideInAPackage(room("api"))
        .and()
        .haveNameMatching(".*(Views|Requests|\\.Problem)(\\$.*)?")
        .should()
        .notHaveModifier(JavaModifier.PUBLIC)
        .check(house);
  }

  @Test
  void timeIsInjected() {
    noClasses()
        .that()
        .resideOutsideOfPackages(room("host"), SIMULATOR)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(house);
  }

  @Test
  void everyRoomSaysWhatItIsForAndThatNothingIsNull() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(house);
  }
}
