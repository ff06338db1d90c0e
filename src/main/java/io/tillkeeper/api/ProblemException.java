package io.tillkeeper.api;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem response. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(ProblemCode code, String detail) {
    this(code, detail, null);
  }

  ProblemException(ProblemCode code, String detail, @Nullable String field) {
    this(Problem.of(code, detail, field));
  }

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false); // for the caller, not for a log
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
