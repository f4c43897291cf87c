package dev.freshet.cli;

import org.assertj.core.api.AbstractAssert;

/** Assertions on how a command ended. */
final class RunAssert extends AbstractAssert<RunAssert, Run> {

  private RunAssert(Run actual) {
    super(actual, RunAssert.class);
  }

  static RunAssert assertThat(Run actual) {
    return new RunAssert(actual);
  }

  RunAssert succeeded() {
    org.assertj.core.api.Assertions.assertThat(actual.code()).as(actual.err()).isZero();
    return this;
  }

  /** It failed with one line of cause and one of remedy as the last two, and no stack trace. */
  RunAssert failedWith(int code, String problem, String remedy) {
    org.assertj.core.api.Assertions.assertThat(actual.code()).as(actual.err()).isEqualTo(code);
    var lines = actual.errLines().stream().dropWhile(line -> !line.startsWith("error: ")).toList();
    org.assertj.core.api.Assertions.assertThat(lines)
        .as(actual.err())
        .hasSizeGreaterThanOrEqualTo(2);
    org.assertj.core.api.Assertions.assertThat(lines.get(0)).contains(problem);
    org.assertj.core.api.Assertions.assertThat(lines.get(1)).startsWith("  ").contains(remedy);
    org.assertj.core.api.Assertions.assertThat(actual.err()).doesNotContain("\tat ");
    org.assertj.core.api.Assertions.assertThat(actual.out()).isEmpty();
    return this;
  }
}
