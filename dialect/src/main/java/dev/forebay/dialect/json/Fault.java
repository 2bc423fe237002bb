package dev.forebay.dialect.json;

import dev.forebay.dialect.GatewayError;
import org.jspecify.annotations.Nullable;

/// Something in a document that is not as its dialect has it. Thrown to leave a deep walk, caught
/// where the walk began.
public final class Fault extends Exception {

  private static final long serialVersionUID = 1;

  private final GatewayError.Kind kind;
  private final @Nullable String path;

  public Fault(GatewayError.Kind kind, @Nullable String path, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.path = path;
  }

  /// A fault of the request itself.
  public static Fault invalid(String path, String problem) {
    return new Fault(GatewayError.Kind.INVALID_REQUEST, path, "\"" + path + "\" " + problem + ".");
  }

  public GatewayError.Kind kind() {
    return kind;
  }

  /// Where it is; null when the document as a whole is at fault.
  public @Nullable String path() {
    return path;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
