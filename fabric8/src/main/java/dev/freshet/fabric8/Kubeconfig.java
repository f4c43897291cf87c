package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Kubeconfig files merged by kubectl's rule: the first file to name an entry wins. Immutable.
 *
 * <p>Read here and not left to fabric8, which falls back to {@code https://kubernetes.default.svc}
 * when a file is missing, malformed or does not have the context, and which ignores {@code
 * tokenFile} and {@code as}. Parsers quote what they could not read, so of their errors only places
 * are passed on, never text.
 */
final class Kubeconfig {

  static final String REMEDY = "Correct the file, or name another with --kubeconfig.";

  /** By the names under which fabric8 remembers which file an entry came from. */
  private static final String CONTEXT_FILE = "KUBERNETES_CONFIG_CONTEXT_FILE_KEY";

  private static final String CLUSTER_FILE = "KUBERNETES_CONFIG_CLUSTER_FILE_KEY";
  private static final String USER_FILE = "KUBERNETES_CONFIG_AUTH_INFO_FILE_KEY";

  private final Map<Path, String> texts;
  private final Map<Path, Settings> settings = new LinkedHashMap<>();
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

  private Kubeconfig(Map<Path, String> texts) {
    this.texts = texts;
    texts.forEach((file, text) -> settings.put(file, parse(file, text)));
    var parsed = new LinkedHashMap<Path, Config>();
    settings.forEach((file, top) -> parsed.put(file, KubeconfigModel.config(top)));
    currentContext =
        parsed.values().stream()
            .map(Config::getCurrentContext)
            .filter(name -> name != null && !name.isEmpty())
            .findFirst();
    parsed.forEach(this::add);
  }

  private void add(Path file, Config config) {
    config.getContexts().forEach(c -> putFirst(contexts, c.getName(), c.getContext()));
    config
        .getClusters()
        .forEach(c -> putFirst(clusters, c.getName(), new Entry<>(c.getCluster(), file)));
    config.getUsers().forEach(u -> putFirst(users, u.getName(), new Entry<>(u.getUser(), file)));
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
    return new Kubeconfig(texts(files));
  }

  /** The files as they are now; this, if they are as they were. */
  Kubeconfig reread() {
    Map<Path, String> now = texts(texts.keySet());
    return now.equals(texts) ? this : new Kubeconfig(now);
  }

  private static Map<Path, String> texts(Collection<Path> files) {
    var texts = new LinkedHashMap<Path, String>();
    files.forEach(file -> texts.put(file, new String(Pem.readFile(file), StandardCharsets.UTF_8)));
    return texts;
  }

  private static Settings parse(Path file, String text) {
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
    if (tree instanceof Map<?, ?> top) {
      return new Settings(file, "", top);
    }
    throw new ConfigurationException(file + " is not a kubeconfig: it holds no settings", REMEDY);
  }

  /**
   * The files for fabric8 to merge, the most important first. Without credential plugins, which the
   * merge would run, and log what they say.
   */
  Config[] forMerge() {
    return settings.entrySet().stream()
        .map(
            entry ->
                forMerge(
                    entry.getKey().toAbsolutePath().toFile(),
                    KubeconfigModel.config(entry.getValue())))
        .toArray(Config[]::new);
  }

  private static Config forMerge(File file, Config config) {
    config.getContexts().forEach(c -> c.setAdditionalProperty(CONTEXT_FILE, file));
    config.getClusters().forEach(c -> c.setAdditionalProperty(CLUSTER_FILE, file));
    for (NamedAuthInfo named : config.getUsers()) {
      named.setAdditionalProperty(USER_FILE, file);
      if (named.getUser() != null) {
        named.getUser().setExec(null);
      }
    }
    return config;
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
    return texts.size() == 1
        ? texts.keySet().iterator().next().toString()
        : texts.keySet().toString();
  }

  private static String names(Map<String, ?> entries) {
    return entries.isEmpty() ? "(none)" : String.join(", ", entries.keySet());
  }
}
