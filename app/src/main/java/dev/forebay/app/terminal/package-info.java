/// Writing for people: colours where they are wanted, aligned columns, the size of the window.
///
/// A [Terminal] is where a command writes and reads and what it knows of the screen; a [Display]
/// keeps a page on it up to date; [Style] paints, or does not when the output is no terminal or the
/// reader asked for none (`NO_COLOR`, `FORCE_COLOR`). Colours come from the terminal's own palette
/// and only repeat what words and signs say already, so that everything reads on light and dark
/// grounds and without any colour.
@NullMarked
package dev.forebay.app.terminal;

import org.jspecify.annotations.NullMarked;
