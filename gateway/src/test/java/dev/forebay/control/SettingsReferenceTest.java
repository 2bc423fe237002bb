package dev.forebay.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.yaml.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/reference/settings.md` is written from [Fields]; `-Dgolden.rewrite=true` writes it anew.
class SettingsReferenceTest {
  private static final String INTRODUCTION =
      """
      # Settings

      Settings are read from the file after `--config`, else from `./forebay.yaml` if there is one, else from the
      file that the environment variable `FOREBAY_CONFIG` names; without any, the defaults hold.
      `forebay config check` says what is wrong with it.

      - `${NAME}` comes from the environment, `${NAME:-default}` has a default for when it is unset or empty,
        and `$${NAME}` stands for a literal `${NAME}`.
      - An unknown key is an error that names the nearest known one.
      - The file is read again when it changes. A broken one changes nothing and is reported. What needs a restart
        says so.
      - Paths are relative to the directory Forebay is started in.

      This page is generated from the code.
      """;

  @Test
  void theReferenceIsCurrent() throws IOException {
    Path file = root().resolve("docs/reference/settings.md");
    String expected = reference();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file).content().isEqualTo(expected);
  }

  private static String reference() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Fields.Group group : Fields.GROUPS) {
      page.append("\n## ")
          .append(group.path().isEmpty() ? "The file" : "`" + group.path() + "`")
          .append("\n\n")
          .append(group.about())
          .append("\n\n| key | value | default | |\n|---|---|---|---|\n");
      for (Field field : group.fields()) {
        page.append("| `").append(field.name()).append("` | ").append(cell(field.type()));
        page.append(" | ");
        page.append(field.fallback().isEmpty() ? "" : "`" + field.fallback() + "`");
        page.append(" | ").append(cell(field.about())).append(" |\n");
      }
    }
    return page.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.isDirectory(folder.resolve("gateway")) ? folder : folder.resolve("..").normalize();
  }
}
