package dev.forebay.control;

/// What a person may do.
public enum Role {
  /// Everything. There is one.
  OWNER,
  /// Everything but touching other admins or the owner.
  ADMIN,
  /// Holds client keys and sees the usage of their own.
  MEMBER;

  /// Whether keys, settings and members may be changed.
  public boolean manages() {
    return this != MEMBER;
  }
}
