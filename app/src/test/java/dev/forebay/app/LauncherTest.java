package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a small house of its own, with a Java and a Maven that only say what they were
/// asked.
class LauncherTest {

  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = LONG_AGO.plusSeconds(60);

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path house;
  private Path jar;
  private Path cache;
  private Path source;

  private record Ended(int code, List<String> out, List<String> err) {}

  @BeforeEach
  void buildHouse() throws IOException {
    house = Files.createDirectories(folder.resolve("a house"));
    Files.copy(launcher(), house.resolve("forebay"));
    jar = house.resolve("app/target/forebay.jar");
    source = house.resolve("pool/src/main/java/Pool.java");
    for (String module : List.of("pool", "dialect", "gateway", "simulator", "app")) {
      Files.createDirectories(house.resolve(module).resolve("src/main/java"));
      write(house.resolve(module).resolve("pom.xml"), module);
    }
    write(house.resolve("pom.xml"), "parent");
    write(source, "class Pool {}");
    write(jar, "jar");
    cache = house.resolve("app/target/forebay.aot");
    write(cache, "");
    date(LONG_AGO);
    set(jar, LATER);
    set(cache, LATER.plusSeconds(1));

    environment.put("FOREBAY_JAVA_HOME", java("25.0.1").toString());
    executable(
        folder.resolve("bin/mvn"),
        """
        #!/bin/sh
        echo "mvn $*" >> '%s/mvn.log'
        echo new > app/target/forebay.jar
        """
            .formatted(folder));
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
  }

  @Test
  void becomesJavaWithTheArgumentsAsGiven() throws Exception {
    Ended ended = launch("serve", "--config", "two words.yaml");

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsSubsequence(
            "-jar", jar.toRealPath().toString(), "serve", "--config", "two words.yaml");
  }

  @Test
  void addsTheOptionsOfTheEnvironmentBeforeTheJar() throws Exception {
    environment.put("FOREBAY_JAVA_OPTS", "-Xmx64m -Dx=y");

    assertThat(launch().out()).containsSubsequence("-XX:+UseSerialGC", "-Xmx64m", "-Dx=y", "-jar");
  }

  @Test
  void leavesTheCollectorToWhoeverNamesOne() throws Exception {
    environment.put("FOREBAY_JAVA_OPTS", "-XX:+UseG1GC");

    assertThat(launch().out()).contains("-XX:+UseG1GC").doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a house/forebay"));
    Path linkToLink = Files.createSymbolicLink(folder.resolve("bin/forebay"), link);

    assertThat(run(linkToLink).out()).contains(jar.toRealPath().toString());
  }

  @Test
  void prefersTheForebayJavaHomeToTheJavaHome() throws Exception {
    environment.put("JAVA_HOME", java("26").toString());

    assertThat(launch().out()).first().asString().contains("25.0.1");
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    environment.remove("FOREBAY_JAVA_HOME");
    environment.put("JAVA_HOME", java("17.0.15").toString());
    environment.put("PATH", java("27-ea") + "/bin:" + environment.get("PATH"));

    assertThat(launch().out()).first().asString().contains("27-ea");
  }

  @Test
  void refusesAForebayJavaHomeThatIsTooOld() throws Exception {
    environment.put("FOREBAY_JAVA_HOME", java("21.0.2").toString());

    Ended ended = launch();

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).singleElement().asString().contains("21.0.2", "JDK 25 or later");
  }

  @Test
  void doesNotBuildWhenTheJarIsNewest() throws Exception {
    launch();

    assertThat(folder.resolve("mvn.log")).doesNotExist();
  }

  @Test
  void buildsWhenTheJarIsMissing() throws Exception {
    Files.delete(jar);

    Ended ended = launch();

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).singleElement().asString().startsWith("building Forebay");
    assertThat(folder.resolve("mvn.log")).content().contains("-pl app -am package");
  }

  @Test
  void buildsWhenASourceIsNewer() throws Exception {
    set(source, LATER.plusSeconds(1));

    assertThat(launch().err()).singleElement().asString().startsWith("building Forebay");
  }

  @Test
  void buildsWhenASourceWasDeleted() throws Exception {
    Files.delete(source);
    set(source.resolveSibling(""), LATER.plusSeconds(1));

    assertThat(launch().err()).singleElement().asString().startsWith("building Forebay");
  }

  @Test
  void saysWhereToLookWhenTheBuildFails() throws Exception {
    executable(folder.resolve("bin/mvn"), "#!/bin/sh\necho '[ERROR] Pool.java:1 is odd'\nexit 1\n");
    Files.delete(jar);

    Ended ended = launch();

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("[ERROR] Pool.java:1 is odd")
        .last()
        .asString()
        .contains("the build failed", "app/target/build.log");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void usesTheClassCacheOnlyWhenItIsNewerThanTheJar() throws Exception {
    write(cache, "cache");

    set(cache, LATER.plusSeconds(1));
    assertThat(launch().out()).anyMatch(option -> option.startsWith("-XX:AOTCache="));

    set(cache, LATER.minusSeconds(1));
    assertThat(launch().out()).noneMatch(option -> option.startsWith("-XX:AOTCache="));
  }

  @Test
  void preparesTheCacheOnceForAJarThatSomethingElseBuilt() throws Exception {
    Files.delete(cache);

    assertThat(launch().err()).singleElement().asString().startsWith("preparing quicker starts");
    assertThat(launch().err()).isEmpty();
    assertThat(folder.resolve("mvn.log")).doesNotExist();
  }

  @Test
  void startsAnInstalledJarAsItIs() throws Exception {
    Files.delete(cache);
    Files.delete(house.resolve("pom.xml"));

    assertThat(launch().err()).isEmpty();
    assertThat(cache).doesNotExist();
  }

  private Ended launch(String... arguments) throws Exception {
    return run(house.resolve("forebay"), arguments);
  }

  private Ended run(Path program, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList());
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "FOREBAY_JAVA_OPTS"));
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    return new Ended(code, Files.readAllLines(out), Files.readAllLines(err));
  }

  /// A Java that prints its own version and then its arguments, a line each.
  private Path java(String version) throws IOException {
    Path home = folder.resolve("jdk " + version);
    executable(
        home.resolve("bin/java"),
        "#!/bin/sh\necho '" + version + "'\nfor a in \"$@\"; do echo \"$a\"; done\n");
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    write(home.resolve("release"), "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private void date(Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(house)) {
      for (Path file : files.toList()) {
        set(file, time);
      }
    }
  }

  private static void set(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private static Path launcher() {
    Path file = Path.of("").toAbsolutePath().resolve("../forebay").normalize();
    assertThat(file).isExecutable();
    return file;
  }
}
