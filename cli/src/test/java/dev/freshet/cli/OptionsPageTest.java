package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.CacheDeclaration;
import dev.freshet.ClusterOptions;
import dev.freshet.Consistency;
import dev.freshet.Reads;
import dev.freshet.SessionReads;
import dev.freshet.SubscriptionOptions;
import dev.freshet.TouchTarget;
import dev.freshet.fabric8.FreshetOptions;
import dev.freshet.load.Budget;
import dev.freshet.load.LoadOptions;
import dev.freshet.webhook.Webhook;
import dev.freshet.webhook.http.HttpDeadlines;
import dev.freshet.webhook.http.HttpLimits;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.keys.SelfMadeOptions;
import dev.freshet.webhook.reserve.Constraint;
import dev.freshet.webhook.reserve.LabelGrouping;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The page of options names every option that there is. */
class OptionsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "options.md");
  private static final Pattern METHOD = Pattern.compile("`(\\w+)\\(");
  private static final Pattern OPTION = Pattern.compile("`(--[-a-z]+)");

  /** What fewer commands than this take is their own. */
  private static final int SHARED = 3;

  /** The page's part of one class: from the heading that names it to the next heading. */
  private static String section(Class<?> options) throws IOException {
    List<String> parts =
        Arrays.stream(Files.readString(PAGE).split("\n(?=##+ )"))
            .filter(
                part -> part.lines().findFirst().orElse("").contains(code(options.getSimpleName())))
            .toList();
    assertThat(parts).as("sections of " + options.getSimpleName()).hasSize(1);
    return parts.getFirst();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** An option gives the options with something changed. */
  private static boolean isOption(Method method, Class<?> options) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && method.getReturnType().equals(options);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FreshetOptions.class,
        ClusterOptions.class,
        CacheDeclaration.class,
        TouchTarget.class,
        Reads.class,
        SessionReads.class,
        Consistency.ReadYourWrites.class,
        Consistency.AtLeast.class,
        Consistency.Within.class,
        SubscriptionOptions.class,
        LoadOptions.class,
        Budget.class,
        Webhook.class,
        ServerOptions.class,
        HttpLimits.class,
        HttpDeadlines.class,
        SelfMadeOptions.class,
        Constraint.Limit.class,
        LabelGrouping.class
      })
  void everyOptionOfTheLibraryIsInTheSectionOfItsClass(Class<?> options) throws IOException {
    String section = section(options);
    var names = new TreeSet<String>();
    for (Method method : options.getDeclaredMethods()) {
      if (isOption(method, options)) {
        names.add(method.getName());
      }
    }
    assertThat(names).isNotEmpty();
    assertThat(found(METHOD, section)).containsAll(names);
  }

  @Test
  void everyOptionThatCommandsShareIsNamed() throws IOException {
    Map<String, Integer> commands = new HashMap<>();
    count(FreshetCommand.commandLine(Console.system()), commands);
    commands.values().removeIf(count -> count < SHARED);
    assertThat(commands).containsKeys("--namespace", "--kubeconfig", "--help");
    assertThat(found(OPTION, Files.readString(PAGE))).containsAll(commands.keySet());
  }

  private static void count(CommandLine command, Map<String, Integer> commands) {
    command
        .getCommandSpec()
        .options()
        .forEach(option -> commands.merge(option.longestName(), 1, Integer::sum));
    command.getSubcommands().values().stream().distinct().forEach(each -> count(each, commands));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(one -> one.group(1)).collect(Collectors.toSet());
  }
}
