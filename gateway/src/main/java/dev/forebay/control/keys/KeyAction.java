package dev.forebay.control.keys;

/// What can be done to several keys at once.
public enum KeyAction {
  PAUSE,
  RESUME,
  /// Ends cooldown and rejection now.
  RECOVER,
  DELETE
}
