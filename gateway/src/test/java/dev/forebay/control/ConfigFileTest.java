package dev.forebay.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.models.ModelEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;

  private ConfigFile file(String name) {
    return new ConfigFile(folder.resolve(name), _ -> null, UnaryOperator.identity());
  }

  private static String problem(ConfigFile file) {
    assertThat(file.read()).isInstanceOf(Reading.Broken.class);
    return ((Reading.Broken) file.read()).problems().getFirst().message();
  }

  @Test
  void withoutAFileTheDefaultsHold() {
    ConfigFile none = new ConfigFile(null, _ -> null, UnaryOperator.identity());
    assertThat(none.read()).isEqualTo(new Reading.Good(ConfigReader.defaults()));
    assertThat(none.changed()).isFalse();
  }

  @Test
  void aChangeCountsOnceItStandsStill() throws IOException {
    Path path = folder.resolve("forebay.yaml");
    Files.writeString(path, "drain: 1s\n");
    ConfigFile file = file("forebay.yaml");
    file.read();
    assertThat(file.changed()).isFalse();

    Files.writeString(path, "drain: 1");
    assertThat(file.changed()).as("seen for the first time").isFalse();
    Files.writeString(path, "drain: 12s\n");
    assertThat(file.changed()).as("still being written").isFalse();
    assertThat(file.changed()).as("at rest").isTrue();
    file.read();
    assertThat(file.changed()).isFalse();
  }

  @Test
  void aChangeOfTheSameSizeCountsByItsTime() throws IOException {
    Path path = folder.resolve("forebay.yaml");
    Files.writeString(path, "drain: 1s\n");
    ConfigFile file = file("forebay.yaml");
    file.read();
    Files.writeString(path, "drain: 2s\n");
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_000));
    file.changed();
    assertThat(file.changed()).isTrue();
  }

  @Test
  void aFileThatDisappearsIsAChange() throws IOException {
    Path path = folder.resolve("forebay.yaml");
    Files.writeString(path, "drain: 1s\n");
    ConfigFile file = file("forebay.yaml");
    file.read();
    Files.delete(path);
    file.changed();
    assertThat(file.changed()).isTrue();
    assertThat(problem(file)).isEqualTo("there is no such file; name another with --config");
  }

  @Test
  void saysWhyAFileCanNotBeRead() throws IOException {
    Files.createDirectory(folder.resolve("dir"));
    assertThat(problem(file("dir"))).isEqualTo("is a directory; name the file in it");
    Files.write(folder.resolve("latin"), new byte[] {'n', ':', ' ', (byte) 0xe9});
    assertThat(problem(file("latin"))).isEqualTo("is not UTF-8 text; save it as UTF-8");
    Files.write(folder.resolve("huge"), new byte[5 << 20]);
    assertThat(problem(file("huge")))
        .isEqualTo("has 5242880 bytes; a settings file may have 4194304 at most");
  }

  private static final String LIST =
      """
      version: acme-1
      models:
        - { provider: openai, model: gpt-6-sol, price: { input: 3, output: 9 } }
      """;

  private Config priced(ConfigFile file) {
    assertThat(file.read()).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) file.read()).config();
  }

  private static long input(Config config) {
    ModelEntry entry = Objects.requireNonNull(config.models().find("openai", "gpt-6-sol"));
    return Objects.requireNonNull(entry.price()).rates(0).input();
  }

  @Test
  void readsTheListOfPricesThatTheSettingsName() throws IOException {
    Path list = folder.resolve("prices.yaml");
    Files.writeString(list, LIST);
    Files.writeString(folder.resolve("forebay.yaml"), "prices: " + list + "\n");
    ConfigFile file = file("forebay.yaml");

    Config config = priced(file);
    assertThat(input(config)).isEqualTo(3_000);
    assertThat(config.models().version()).endsWith("+acme-1");
    assertThat(config.models().find("openai", "gpt-6-luna")).isNotNull();

    Files.writeString(
        folder.resolve("forebay.yaml"),
        "prices: "
            + list
            + "\nmodels: [ { provider: openai, model: gpt-6-sol, price: { input: 1, output: 2 } } ]\n");
    assertThat(input(priced(file))).isEqualTo(1_000);
  }

  @Test
  void aChangeOfThePricesCounts() throws IOException {
    Path list = folder.resolve("prices.yaml");
    Files.writeString(list, LIST);
    Files.writeString(folder.resolve("forebay.yaml"), "prices: " + list + "\n");
    ConfigFile file = file("forebay.yaml");
    file.read();
    assertThat(file.changed()).isFalse();

    Files.writeString(list, LIST.replace("input: 3,", "input: 4.25,"));
    assertThat(file.changed()).as("seen for the first time").isFalse();
    assertThat(file.changed()).as("at rest").isTrue();
    assertThat(input(priced(file))).isEqualTo(4_250);
    assertThat(file.changed()).isFalse();

    Files.writeString(folder.resolve("forebay.yaml"), "drain: 1s\n");
    file.changed();
    assertThat(file.changed()).isTrue();
    assertThat(input(priced(file))).isEqualTo(2_000);
    Files.delete(list);
    file.changed();
    assertThat(file.changed()).as("nobody names it any more").isFalse();
  }

  @Test
  void aBrokenListOfPricesIsAProblemOfItsOwn() throws IOException {
    Path list = folder.resolve("prices.yaml");
    Files.writeString(folder.resolve("forebay.yaml"), "prices: " + list + "\n");
    ConfigFile file = file("forebay.yaml");
    assertThat(problem(file)).startsWith("there is no such file; name another under prices");

    Files.writeString(list, LIST.replace("output", "outptu"));
    file.changed();
    assertThat(file.changed()).isTrue();
    assertThat(problem(file)).contains("did you mean 'output'?");

    Files.writeString(list, LIST);
    file.changed();
    assertThat(file.changed()).isTrue();
    assertThat(input(priced(file))).isEqualTo(3_000);
  }
}
