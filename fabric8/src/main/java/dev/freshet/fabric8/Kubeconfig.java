package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/**
 * Kubeconfig files merged by kubectl's rule: the first file to name an entry wins. Immutable.
 *
 * <p>Read here and not left to fabric8, which falls back to {@code https://kubernetes.default.svc}
 * when a file is missing, malformed or does not have the context, and which ignores {@code
 * tokenFile} and {@code as}. Parsers quote what they could not read, so of their errors only places
 * are passed on, never text.
 */
final class Kubeconfig {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final String REMEDY = "Correct the file, or name another with --kubeconfig.";

  private final List<Path> files;
  private final Optional<String> currentContext;
  private final Map<String, Context> contexts = new LinkedHashMap<>();
  private final Map<String, Entry<Cluster>> clusters = new LinkedHashMap<>();
  private final Map<String, Entry<AuthInfo>> users = new LinkedHashMap<>();

  /** A part of a kubeconfig and the file it stands in, against which its relative paths resolve. */
  record Entry<T>(T value, Path file) {
    /** An absolute path for one written in the file; null stays null. */
    @Nullable String resolve(@Nullable String path) {
      return path == null || path.isEmpty()
          ? null
          : file.toAbsolutePath().resolveSibling(path).toString();
    }

    @Override
    public String toString() {
      return "Entry[file=" + file + "]";
    }
  }

  /** One context with the cluster and user it refers to. */
  record Selected(String name, Context context, Entry<Cluster> cluster, Entry<AuthInfo> user) {
    @Override
    public String toString() {
      return "Selected[name=" + name + "]";
    }
  }

  private Kubeconfig(Map<Path, Config> parsed) {
    files = List.copyOf(parsed.keySet());
    currentContext =
        parsed.values().stream()
            .map(Config::getCurrentContext)
            .filter(name -> name != null && !name.isEmpty())
            .findFirst();
    parsed.forEach(this::add);
  }

  private void add(Path file, Config config) {
    orEmpty(config.getContexts()).forEach(c -> putFirst(contexts, c.getName(), c.getContext()));
    orEmpty(config.getClusters())
        .forEach(c -> putFirst(clusters, c.getName(), new Entry<>(c.getCluster(), file)));
    orEmpty(config.getUsers())
        .forEach(u -> putFirst(users, u.getName(), new Entry<>(u.getUser(), file)));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <T> void putFirst(Map<String, T> map, @Nullable String name, @Nullable T value) {
    boolean complete =
        name != null && value != null && !(value instanceof Entry<?> e && e.value() == null);
    if (complete) {
      map.putIfAbsent(name, value);
    }
  }

  /**
   * Reads and merges files, the most important first.
   *
   * @throws ConfigurationException if a file is missing, unreadable or malformed
   */
  static Kubeconfig read(List<Path> files) {
    var parsed = new LinkedHashMap<Path, Config>();
    files.forEach(file -> parsed.put(file, parse(file)));
    return new Kubeconfig(parsed);
  }

  private static Config parse(Path file) {
    String text = new String(Pem.readFile(file), StandardCharsets.UTF_8);
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().build()).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark()
              .map(m -> " at line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
              .orElse("");
      throw new ConfigurationException(file + " is not valid YAML" + place, REMEDY);
    } catch (YamlEngineException e) {
      throw new ConfigurationException(file + " is not valid YAML", REMEDY);
    }
    if (!(tree instanceof Map)) {
      throw new ConfigurationException(file + " is not a kubeconfig: it holds no settings", REMEDY);
    }
    try {
      return SERIALIZATION.convertValue(tree, Config.class);
    } catch (IllegalArgumentException | JacksonException e) {
      throw new ConfigurationException(
          file + " is not a kubeconfig: " + place(e) + " has the wrong form", REMEDY);
    }
  }

  /** Where in the tree a conversion failed; nothing of what stood there. */
  private static String place(Throwable failure) {
    var path = new StringBuilder();
    JacksonException cause =
        failure instanceof JacksonException e
            ? e
            : failure.getCause() instanceof JacksonException e ? e : null;
    if (cause != null) {
      for (JacksonException.Reference part : cause.getPath()) {
        if (part.getPropertyName() == null) {
          path.append('[').append(part.getIndex()).append(']');
        } else {
          path.append(path.isEmpty() ? "" : ".").append(part.getPropertyName());
        }
      }
    }
    return path.isEmpty() ? "the top level" : path.toString();
  }

  /**
   * The context asked for, else the current one.
   *
   * @throws ConfigurationException if there is no such context, or it refers to a cluster or user
   *     that is not there
   */
  Selected select(Optional<String> asked) {
    String name =
        asked
            .or(() -> currentContext)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "no context was asked for and " + where() + " has no current-context",
                        "Name one of: " + names(contexts)));
    Context context = contexts.get(name);
    if (context == null) {
      throw new ConfigurationException(
          where() + " has no context \"" + name + "\"", "Use one of: " + names(contexts));
    }
    return new Selected(
        name,
        context,
        referred(name, "cluster", context.getCluster(), clusters),
        referred(name, "user", context.getUser(), users));
  }

  private <T> T referred(
      String context, String what, @Nullable String name, Map<String, T> entries) {
    T entry = name == null ? null : entries.get(name);
    if (entry == null) {
      throw new ConfigurationException(
          "context \""
              + context
              + "\" of "
              + where()
              + " refers to the "
              + what
              + " \""
              + name
              + "\", which is not there",
          "Correct the context, or add the " + what + "; there are: " + names(entries));
    }
    return entry;
  }

  private String where() {
    return files.size() == 1 ? files.get(0).toString() : files.toString();
  }

  private static String names(Map<String, ?> entries) {
    return entries.isEmpty() ? "(none)" : String.join(", ", entries.keySet());
  }
}
