package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class UsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        " | No command was given",
        "lits pods | Unmatched argument",
        "list | Missing required parameter: 'KIND'",
        "list pods --consistnecy cached | Unknown option",
        "list pods -o xml | Invalid value for option '--output'",
        "list pods a -A | cannot be named across all namespaces",
        "list pods a -l b | exclude each other",
        "list pods --fence maybe | Invalid value for option '--fence'",
        "fence rbac --make | --make needs a name",
        "webhook | No command was given",
        "webhook manifests | needs a NAME",
        "webhook manifests a --timeout 9 | --timeout is 1 to 5",
        "webhook manifests a --failure-policy Maybe | is Fail or Ignore",
        "webhook manifests a --resource deployments.apps --fence f | never shows",
        "list pods --fence touch | needs an object to write into",
        "list pods --fence probe --consistency cached | not cached",
        "list pods --fence probe --touch a | no part in --fence probe",
        "list pods --print-token -o json | --token-file FILE goes with -o",
        "list pods --print-token --explain | there is no token",
        "watch | Missing required parameter: 'KIND'",
        "watch pods -o xml | Invalid value for option '--output'",
        "compare pods --reads 0 | --reads is 1 to",
        "compare pods --fence touch | needs an object to write into",
        "compare pods --fence fast | Invalid value for option '--fence'",
        "staleness --interval 1ms | --interval is 200ms or more",
        "staleness --once --for 1m | exclude each other",
        "top --interval 1ms | --interval is 200ms or more",
        "top --once --for 1m | exclude each other",
        "top --program http://127.0.0.1:1/metrics -A | have no part in --program",
        "advise | Missing required parameter: 'FILE|PID'",
        "advise 1 --for 1ms | --for is 1s to 1h",
        "advise pom.xml --for 1m | a recording has a length of its own",
        "token | Missing required parameter: 'TOKEN'",
        "fence | No command was given",
        "fence rbac --user a --service-account b | exclude each other",
        "demo --pods 0 | --pods is 1 to",
        "demo --churn -1 | --churn is 0 to",
        "demo --seconds 0 | --seconds is 1 to",
        "demo --seconds x | 'x' is not an int",
        "demo webhook --creates 0 | --creates is 1 to",
        "demo webhook --quota 0 | --quota is 1 or more",
        "control-plane | No command was given",
        "control-plane up --servers 99 | --servers is 1 to",
      })
  void whatMakesNoSenseIsRefusedBeforeAnythingIsDone(@Nullable String line, String problem) {
    String[] args = line == null ? new String[0] : line.split(" ");
    RunAssert.assertThat(Run.of(args)).failedWith(ExitCode.USAGE, problem, "--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--consistency weak | there is no consistency \"weak\" | within=DURATION",
        "--consistency cached=5 | cached takes no value | \"cached\" alone",
        "--consistency within | within needs a duration | within=5s",
        "--consistency within=soon | \"soon\" is no duration | 1h30m",
        "--consistency within=-5s | \"-5s\" is no duration | 1h30m",
        "--consistency within=0s | within=0s is no bound | read with strong",
        "--consistency at-least= | at-least needs a token | --print-token",
        "--consistency exactly | exactly needs a token | --print-token",
        "--consistency exactly=hello | not a Freshet token | --print-token",
        "--request-timeout soon | is no duration | 1h30m",
      })
  void aBadValueIsAnsweredWithWhatToType(String option, String problem, String remedy) {
    String[] args = ("list pods " + option).split(" ");
    RunAssert.assertThat(Run.of(args)).failedWith(ExitCode.USAGE, problem, remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9404,it is no URL",
    "ftp://host/metrics,neither http nor https",
    "http:///metrics,names no host",
    "http://me:canary-7f3a@host/metrics,a password does not belong"
  })
  void anAddressThatIsNoneOfAProgramIsAnsweredWithoutRepeatingIt(String address, String problem) {
    Run run = Run.of("top", "--program", address);
    RunAssert.assertThat(run).failedWith(ExitCode.USAGE, problem, "http://127.0.0.1:9404/metrics");
    assertThat(run.err()).doesNotContain("canary");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearOne() {
    assertThat(Run.of("lits").err()).contains("Did you mean", "list");
  }

  @Test
  void aBadSelectorIsPointedAt() {
    Run run = Run.of("list", "pods", "-l", "a in (b");
    RunAssert.assertThat(run).failedWith(ExitCode.USAGE, "at character 8", "comma-separated");
    assertThat(run.errLines()).containsSubsequence("    a in (b", "           ^");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list",
        "watch",
        "compare",
        "demo",
        "demo webhook",
        "control-plane",
        "staleness",
        "top",
        "advise",
        "token",
        "fence",
        "fence rbac",
        "webhook",
        "webhook manifests"
      })
  void everyCommandHelpsInEightyColumnsWithExamples(String command) {
    Run run = Run.of((command + " --help").strip().split(" "));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.out()).contains("Examples:", "freshet " + command);
    assertThat(run.outLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void theVersionIsToldInOneLine() {
    assertThat(Run.of("--version").outLines())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("freshet "));
  }

  @ParameterizedTest
  @CsvSource({"1s,PT1S", "2m,PT2M", "3h,PT3H", "1h30m,PT1H30M", "500ms,PT0.5S", "7,PT7S"})
  void requestTimeoutsAreReadAsKubectlReadsThem(String text, Duration meant) {
    assertThat(new RequestTimeout().convert(text)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "0h"})
  void aRequestTimeoutOfZeroIsNone(String text) {
    assertThat(new RequestTimeout().convert(text)).isEqualTo(RequestTimeout.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1d", "1s2", "1 s"})
  void otherRequestTimeoutsAreRefused(String text) {
    assertThatThrownBy(() -> new RequestTimeout().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }
}
