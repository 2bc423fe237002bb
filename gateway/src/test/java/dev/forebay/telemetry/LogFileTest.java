package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void place() {
    path = directory.resolve("logs").resolve("access.log");
  }

  @Test
  void appendsToWhatIsThereAndMakesItsDirectory() throws IOException {
    try (LogFile file = new LogFile(path, 100, 2)) {
      write(file, "one\n");
    }
    try (LogFile file = new LogFile(path, 100, 2)) {
      write(file, "two\n");
      write(file, "three\n");
    }

    assertThat(path).content().isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void putsAsideWhatHasGrownAndForgetsTheOldest() throws IOException {
    try (LogFile file = new LogFile(path, 10, 2)) {
      for (String line : new String[] {"aaaaaa\n", "bbbbbb\n", "cccccc\n", "dddddd\n"}) {
        write(file, line);
      }
    }

    assertThat(path).content().isEqualTo("dddddd\n");
    assertThat(path.resolveSibling("access.log.1")).content().isEqualTo("cccccc\n");
    assertThat(path.resolveSibling("access.log.2")).content().isEqualTo("bbbbbb\n");
    assertThat(path.resolveSibling("access.log.3")).doesNotExist();
  }

  @Test
  void aBatchLargerThanAFileIsWrittenWhole() throws IOException {
    try (LogFile file = new LogFile(path, 10, 2)) {
      write(file, "x".repeat(50) + "\n");
    }

    assertThat(path).hasSize(51);
  }

  @Test
  void keepsNothingAsideWhenTold() throws IOException {
    try (LogFile file = new LogFile(path, 4, 0)) {
      write(file, "one\n");
      write(file, "two\n");
    }

    assertThat(path).content().isEqualTo("two\n");
    assertThat(path.resolveSibling("access.log.1")).doesNotExist();
  }

  @Test
  void beginsAnewWhenSomebodyMovedOrRemovedTheFile() throws IOException {
    try (LogFile file = new LogFile(path, 100, 2)) {
      write(file, "one\n");
      Files.move(path, path.resolveSibling("rotated"));
      write(file, "two\n");
      assertThat(path).content().isEqualTo("two\n");
      Files.delete(path);
      write(file, "three\n");
    }

    assertThat(path).content().isEqualTo("three\n");
    assertThat(path.resolveSibling("rotated")).content().isEqualTo("one\n");
  }

  @Test
  void goesOnAfterAFailure() throws IOException {
    try (LogFile file = new LogFile(path, 100, 2)) {
      Files.createDirectories(path);
      assertThatThrownBy(() -> write(file, "lost\n")).isInstanceOf(IOException.class);

      Files.delete(path);
      write(file, "kept\n");
    }

    assertThat(path).content().isEqualTo("kept\n");
  }

  private static void write(LogFile file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    file.write(bytes, bytes.length);
  }
}
