package dev.forebay.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.terminal.Columns.Cell;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void coloursAreForPeopleUnlessTheySayOtherwise() {
    assertThat(Terminal.colours(Map.<String, String>of()::get, true)).isTrue();
    assertThat(Terminal.colours(Map.<String, String>of()::get, false)).isFalse();
    assertThat(Terminal.colours(Map.of("TERM", "dumb")::get, true)).isFalse();
    assertThat(Terminal.colours(Map.of("NO_COLOR", "1")::get, true)).isFalse();
    assertThat(Terminal.colours(Map.of("NO_COLOR", "")::get, true)).isTrue();
    assertThat(Terminal.colours(Map.of("FORCE_COLOR", "1")::get, false)).isTrue();
    assertThat(Terminal.colours(Map.of("FORCE_COLOR", "0")::get, true)).isFalse();
    assertThat(Terminal.colours(Map.of("NO_COLOR", "1", "FORCE_COLOR", "1")::get, true)).isFalse();
  }

  @Test
  void symbolsFollowTheLocale() {
    assertThat(Terminal.charset(Map.of("LANG", "de_DE.UTF-8")::get))
        .isEqualTo(StandardCharsets.UTF_8);
    assertThat(Terminal.charset(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")::get))
        .isEqualTo(StandardCharsets.US_ASCII);
    assertThat(Terminal.charset(Map.of("LC_ALL", "", "LC_CTYPE", "C.utf8")::get))
        .isEqualTo(StandardCharsets.UTF_8);
    assertThat(Terminal.charset(Map.<String, String>of()::get)).isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void stylePaintsOrLeavesAlone() {
    assertThat(new Style(true, true).paint(Ink.GREEN, "ok")).isEqualTo("\u001b[32mok\u001b[0m");
    assertThat(new Style(true, true).paint(Ink.PLAIN, "ok")).isEqualTo("ok");
    assertThat(Style.PLAIN.paint(Ink.GREEN, "ok")).isEqualTo("ok");
    assertThat(new Style(false, true).symbol("●", "+")).isEqualTo("●");
    assertThat(Style.PLAIN.symbol("●", "+")).isEqualTo("+");
  }

  @Test
  void columnsLineUpWhateverTheirColours() {
    Columns columns =
        new Columns()
            .row(Cell.of(Ink.RED, "●"), Cell.of("key"), Cell.number("7"))
            .row(Cell.of("wider"), Cell.of(Ink.BOLD, "k"), Cell.number("1234"))
            .row(Cell.of("x"));
    assertThat(columns.lines("  ", Style.PLAIN))
        .containsExactly("  ●      key     7", "  wider  k    1234", "  x");
    assertThat(columns.lines("", new Style(true, true)).getFirst())
        .isEqualTo("\u001b[31m●\u001b[0m      key     7");
  }
}
