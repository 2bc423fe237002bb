package dev.forebay.control.reports;

/// What came of asking for usage.
public sealed interface UsageAnswer {

  /// The usage.
  record Reported(UsageReport report) implements UsageAnswer {}

  /// The question cannot be answered.
  record Invalid(String field, String message) implements UsageAnswer {}
}
