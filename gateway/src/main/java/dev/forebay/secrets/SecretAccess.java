package dev.forebay.secrets;

/// The permission to read a [Secret]. Immutable.
///
/// It holds nothing and checks nothing: its purpose is that `SecretAccess.granted()` marks, for a
/// reader and for a search, each place in the code that sees a credential in clear.
public final class SecretAccess {

  private static final SecretAccess GRANTED = new SecretAccess();

  private SecretAccess() {}

  /// The permission. Call it next to the use of the secret, and do not pass it on.
  public static SecretAccess granted() {
    return GRANTED;
  }
}
