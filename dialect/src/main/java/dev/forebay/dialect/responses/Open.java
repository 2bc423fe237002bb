package dev.forebay.dialect.responses;

/// What a stream is in the middle of.
enum Open {
  NOTHING,
  TEXT,
  REFUSAL,
  REASONING,
  CALL;

  /// How the id of the item begins.
  ///
  /// @param freeform whether the call that may be open takes text
  String kind(boolean freeform) {
    return switch (this) {
      case NOTHING, TEXT, REFUSAL -> "msg";
      case REASONING -> "rs";
      case CALL -> freeform ? "ctc" : "fc";
    };
  }
}
