package dev.forebay.app.demo;

/// How a demo ended.
public sealed interface DemoEnd {

  /// It ran until somebody ended it.
  record Done() implements DemoEnd {}

  /// It could not begin.
  ///
  /// @param reason what is wrong and what to do, in one sentence for people
  record Refused(String reason) implements DemoEnd {}
}
