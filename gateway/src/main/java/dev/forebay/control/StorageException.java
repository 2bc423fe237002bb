package dev.forebay.control;

/// Carries a [StorageProblem] out of a store's call. Callers decide on the problem, never on the
/// text.
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StorageProblem problem;

  public StorageException(StorageProblem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  public StorageException(StorageProblem problem) {
    super(problem.message());
    this.problem = problem;
  }

  public StorageProblem problem() {
    return problem;
  }
}
