package dev.forebay.app.table;

import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;

/// A key's state in a few characters: a sign, a word, a countdown, a reason. *Immutable.*
///
/// The sign and the word say all; the colour only repeats them.
///
/// @param resting whether the key can not serve now
public record Pill(String text, Ink ink, boolean resting) {

  public static Pill healthy(Style style) {
    return new Pill(style.symbol("●", "+") + " healthy", Ink.GREEN, false);
  }

  /// Cooled off: one request tries it.
  public static Pill trial(Style style) {
    return new Pill(style.symbol("◐", "?") + " trying again", Ink.CYAN, false);
  }

  /// @param why how long, and because of what
  public static Pill throttled(Style style, String why) {
    return new Pill((style.symbol("◔", "~") + " throttled " + why).strip(), Ink.YELLOW, true);
  }

  /// @param left how long
  public static Pill overBudget(Style style, String left) {
    return new Pill((style.symbol("■", "#") + " over budget " + left).strip(), Ink.MAGENTA, true);
  }

  public static Pill rejected(Style style, String reason) {
    return new Pill((style.symbol("✕", "x") + " rejected " + reason).strip(), Ink.RED, true);
  }

  public static Pill paused(Style style) {
    return new Pill(style.symbol("‖", "=") + " paused", Ink.DIM, true);
  }
}
