package dev.forebay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Habits that only the sources show, checked over every module of the repository.
class SourceTreeTest {

  private static final int LONGEST = 400;

  /// Longer files, each with the reason why it is not two: path from the root of the repository.
  private static final Map<String, String> LONG_FOR_A_REASON = Map.of();

  private static final Path ROOT = root();

  @Test
  void filesAreShortUnlessThereIsAReason() {
    List<String> tooLong =
        sources("main").filter(file -> lines(file).size() > LONGEST).map(this::name).toList();

    assertThat(tooLong)
        .as("main files over %d lines: split them, or list them here with a reason", LONGEST)
        .containsExactlyInAnyOrderElementsOf(LONG_FOR_A_REASON.keySet());
  }

  @Test
  void everyPackageTellsItsStoryAndIsNullMarked() {
    List<String> bare =
        sources("main")
            .filter(file -> !file.getFileName().toString().equals("module-info.java"))
            .map(Path::getParent)
            .distinct()
            .filter(Predicate.not(SourceTreeTest::isIntroduced))
            .map(this::name)
            .toList();

    assertThat(bare)
        .as("packages without a package-info.java with a story and @NullMarked")
        .isEmpty();
  }

  @Test
  void testsAssertWithOneLibraryAndNeitherSkipNorSleep() {
    List<String> banned =
        List.of(
            "import static org.junit.jupiter.api.Assertions",
            "import org.junit.jupiter.api.Assertions",
            "org.junit.jupiter.api.Assumptions",
            "org.junit.jupiter.api.Disabled",
            "org.assertj.core.api.Assumptions",
            "Thread.sleep(");

    List<String> offences =
        sources("test")
            .filter(file -> !file.endsWith("SourceTreeTest.java"))
            .flatMap(file ->
                lines(file).stream()
                    .filter(line -> banned.stream().anyMatch(line::contains))
                    .map(line -> name(file) + ": " + line.strip()))
            .toList();

    assertThat(offences)
        .as("assert with AssertJ, run every test, and step a fake clock instead of sleeping")
        .isEmpty();
  }

  @Test
  void linksInDocumentsLeadSomewhere() {
    Pattern link = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)");

    List<String> dead =
        documents()
            .flatMap(file ->
                lines(file).stream()
                    // What stands in code is no link.
                    .map(line -> line.replaceAll("`[^`]*`", ""))
                    .flatMap(line -> link.matcher(line).results())
                    .map(found -> found.group(1))
                    .filter(target -> !Files.exists(file.resolveSibling(target)))
                    .map(target -> name(file) + " -> " + target))
            .toList();

    assertThat(dead).as("links in documents to files that are not there").isEmpty();
  }

  private static Stream<Path> documents() {
    Stream<Path> top = list(ROOT).filter(Files::isRegularFile);
    return Stream.concat(top, files(ROOT.resolve("docs")))
        .filter(file -> file.toString().endsWith(".md"));
  }

  private static boolean isIntroduced(Path folder) {
    Path info = folder.resolve("package-info.java");
    return Files.isRegularFile(info)
        && lines(info).contains("@NullMarked")
        && lines(info).getFirst().startsWith("///");
  }

  private Stream<Path> sources(String set) {
    return modules()
        .map(module -> module.resolve("src").resolve(set).resolve("java"))
        .filter(Files::isDirectory)
        .flatMap(SourceTreeTest::files)
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static Stream<Path> modules() {
    return list(ROOT).filter(entry -> Files.isRegularFile(entry.resolve("pom.xml")));
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  /// The nearest directory above this module that holds the launcher.
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("forebay"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "no directory above " + Path.of("").toAbsolutePath() + " holds the launcher 'forebay'");
      }
    }
    return folder;
  }
}
