/// The commands people type, on picocli.
///
/// [ForebayCommand] is the root; each other class is one command. A command parses, says what it
/// does and what is wrong in words, and leaves the work to others. Exit codes are [ExitCode]s; a
/// mistake of the user never shows a stack trace.
@NullMarked
package dev.forebay.app.cli;

import org.jspecify.annotations.NullMarked;
