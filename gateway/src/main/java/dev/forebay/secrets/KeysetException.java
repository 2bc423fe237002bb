package dev.forebay.secrets;

/// The keyset cannot be read, created or written; the message says where it lies and what to do.
public final class KeysetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;

  KeysetException(String problem, Throwable cause) {
    super(problem, cause);
    this.problem = problem;
  }

  KeysetException(String problem) {
    super(problem);
    this.problem = problem;
  }

  /// What is wrong and what to do about it, in one line for people.
  public String problem() {
    return problem;
  }
}
