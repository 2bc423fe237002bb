package dev.forebay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The house as rules: who may know whom, and which library lives in which room.
///
/// The rules hold for everything that ships but `app`, which joins the rooms and so knows them all.
/// A rule over a package that has no classes yet holds.
class ArchitectureTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.forebay");

  @Test
  void layersKnowOnlyWhatTheyStandOn() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.forebay..")
        .withOptionalLayers(true)
        .layer("pool")
        .definedBy("dev.forebay.pool..")
        .layer("dialect")
        .definedBy("dev.forebay.dialect..")
        .layer("secrets")
        .definedBy("dev.forebay.secrets..")
        .layer("prices")
        .definedBy("dev.forebay.prices..")
        .layer("exchange")
        .definedBy("dev.forebay.exchange..")
        .layer("control")
        .definedBy("dev.forebay.control..")
        .layer("transport.wire")
        .definedBy("dev.forebay.transport.wire..")
        .layer("transport.wire")
        .definedBy("dev.forebay.transport.wire..")
        .layer("transport.server")
        .definedBy("dev.forebay.transport.server..")
        .layer("transport.client")
        .definedBy("dev.forebay.transport.client..")
        .layer("transport.admin")
        .definedBy("dev.forebay.transport.admin..")
        .layer("transport.google")
        .definedBy("dev.forebay.transport.google..")
        .layer("storage")
        .definedBy("dev.forebay.storage..")
        .layer("telemetry")
        .definedBy("dev.forebay.telemetry..")
        .layer("simulator")
        .definedBy("dev.forebay.simulator..")
        .whereLayer("pool")
        .mayNotAccessAnyLayer()
        .whereLayer("dialect")
        .mayNotAccessAnyLayer()
        .whereLayer("secrets")
        .mayNotAccessAnyLayer()
        .whereLayer("simulator")
        .mayNotAccessAnyLayer()
        .whereLayer("prices")
        .mayOnlyAccessLayers("pool", "dialect")
        .whereLayer("exchange")
        .mayOnlyAccessLayers("pool", "dialect", "secrets", "prices")
        .whereLayer("control")
        .mayOnlyAccessLayers("pool", "dialect", "secrets", "prices", "exchange")
        .whereLayer("transport.wire")
        .mayOnlyAccessLayers("dialect", "exchange")
        // From the pool, transport takes the ticker and the values inside reports.
        .whereLayer("transport.server")
        .mayOnlyAccessLayers("transport.wire", "pool", "dialect", "exchange")
        .whereLayer("transport.client")
        .mayOnlyAccessLayers("transport.wire", "pool", "dialect", "secrets", "exchange")
        .whereLayer("transport.admin")
        .mayOnlyAccessLayers(
            "transport.wire",
            "pool",
            "dialect",
            "secrets",
            "prices",
            "exchange",
            "control",
            "telemetry")
        .whereLayer("transport.google")
        .mayOnlyAccessLayers("pool", "dialect", "secrets", "exchange", "control")
        // From the exchange, storage takes the limits that a client key carries.
        .whereLayer("storage")
        .mayOnlyAccessLayers("pool", "dialect", "secrets", "prices", "exchange", "control")
        .whereLayer("telemetry")
        .mayOnlyAccessLayers("pool", "dialect", "prices", "exchange", "control")
        .check(HOUSE);
  }

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching("dev.forebay.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(HOUSE);
    slices()
        .matching("dev.forebay.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  /// Each line: the packages of a library, the rooms it may be used in.
  @ParameterizedTest(name = "{0} stays in {1}")
  @CsvSource({
    "io.vertx.. io.netty.. java.net.http.., dev.forebay.transport.. dev.forebay.simulator..",
    "org.jdbi.. java.sql.. javax.sql.. com.zaxxer.. org.flywaydb.. org.sqlite.. org.postgresql..,"
        + " dev.forebay.storage.sql..",
    "io.micrometer.. io.prometheus.., dev.forebay.telemetry..",
    "ch.qos.logback.., dev.forebay.telemetry..",
    "com.google.crypto.tink.., dev.forebay.secrets.. dev.forebay.storage.sql..",
    "com.password4j.., dev.forebay.control.people..",
    "com.fasterxml.jackson.dataformat.., dev.forebay.simulator..",
    "org.yaml.., dev.forebay.control.yaml.. dev.forebay.transport.admin..",
    "picocli.., dev.forebay.app..",
  })
  void librariesStayInTheirRoom(String libraries, String rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms.split(" "))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries.split(" "))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void theDataPathReadsJsonAsAStream() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.forebay.exchange..",
            "dev.forebay.transport.server..",
            "dev.forebay.transport.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.databind..")
        .because("a request that stays in its dialect is never turned into objects")
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  /// Only `app` makes real clocks. The simulator streams at real speed and has a clock of its own.
  @Test
  void timeIsAnArgument() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.forebay.app..", "dev.forebay.simulator..")
        .should()
        .callCodeUnitWhere(target(describe("real time", ArchitectureTest::isRealTime)))
        .because("a Ticker given to the constructor makes it testable")
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  /// Only `app` makes real chance; a generator with a seed is not chance.
  @Test
  void chanceIsAnArgument() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.forebay.app..")
        .should()
        .callCodeUnitWhere(target(describe("real chance", ArchitectureTest::isRealChance)))
        .because("a RandomGenerator given to the constructor makes it testable")
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  private static boolean isRealTime(CodeUnitCallTarget called) {
    return switch (called.getOwner().getName()) {
      case "java.lang.System" -> Set.of("nanoTime", "currentTimeMillis").contains(called.getName());
      case "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime" ->
          called.getName().equals("now");
      case "java.time.Clock", "java.time.InstantSource" -> called.getName().startsWith("system");
      case "java.util.Date" -> isMadeWithoutArguments(called);
      default -> false;
    };
  }

  private static boolean isRealChance(CodeUnitCallTarget called) {
    return switch (called.getOwner().getName()) {
      case "java.lang.Math" -> called.getName().equals("random");
      case "java.util.Random", "java.util.SplittableRandom" -> isMadeWithoutArguments(called);
      case "java.util.UUID" -> called.getName().equals("randomUUID");
      case "java.util.concurrent.ThreadLocalRandom" -> called.getName().equals("current");
      case "java.util.random.RandomGenerator" ->
          Set.of("getDefault", "of").contains(called.getName());
      default -> false;
    };
  }

  private static boolean isMadeWithoutArguments(CodeUnitCallTarget called) {
    return called.getName().equals("<init>") && called.getRawParameterTypes().isEmpty();
  }

  @Test
  void namesSayWhatAThingIs() {
    classes()
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Base)(\\$.*)?")
        .because("such a name says that nobody knew what the class is")
        .check(HOUSE);
  }

  @Test
  void onlyTheCommandLinePrints() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(HOUSE);
    GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(HOUSE);
  }
}
