package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The guide to Google accounts: what can be copied from it works, and its pictures are there.
class GuideTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final long PICTURE_BYTES = 150_000;

  private String guide = "";

  @BeforeEach
  void read() throws IOException {
    guide = Files.readString(DOCS.resolve("google-accounts.md"));
  }

  private List<String> blocks() {
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(guide)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void itsSettingsAreRead() {
    List<String> settings =
        blocks().stream().filter(block -> !block.startsWith("# simulator.yaml")).toList();

    assertThat(settings)
        .hasSize(2)
        .allSatisfy(block ->
            assertThat(ConfigReader.read("forebay.yaml", block, _ -> "GOCSPX-test"))
                .isInstanceOf(Reading.Good.class));
  }

  @Test
  void itsSpecificationOfASimulatorIsRead() {
    List<SimulatorSpec> specs =
        blocks().stream()
            .filter(block -> block.startsWith("# simulator.yaml"))
            .map(SimulatorSpec::fromYaml)
            .toList();

    assertThat(specs).hasSize(1);
    assertThat(specs.getFirst().google().users()).isNotEmpty();
  }

  @Test
  void itsPicturesAreThereAndSmall() throws IOException {
    List<String> pictures =
        Pattern.compile("!\\[.+?]\\((.+?)\\)")
            .matcher(guide)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(pictures).isNotEmpty();
    for (String picture : pictures) {
      assertThat(Files.size(DOCS.resolve(picture))).as(picture).isBetween(1L, PICTURE_BYTES);
    }
  }
}
