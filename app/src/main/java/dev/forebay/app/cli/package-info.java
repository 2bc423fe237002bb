/// The commands people type, on picocli.
///
/// [ForebayCommand] is the root; each other class is one command. A command parses, says what it
/// does and what is wrong in words, and leaves the work to others. Exit codes are [ExitCode]s; a
/// mistake of the user never shows a stack trace.
///
/// Commands that call a running gateway share [Remote]: where it is, with what they sign in,
/// `--json`, and how they end. What they call is in `app.remote`.
@NullMarked
package dev.forebay.app.cli;

import org.jspecify.annotations.NullMarked;
