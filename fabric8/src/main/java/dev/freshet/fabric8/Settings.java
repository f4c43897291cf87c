package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a kubeconfig, and where in the file it stands. What is absent is null or empty,
 * and nulls in lists and mappings are left out; what has another form than asked for is refused by
 * its place, never quoted. Keys that nobody asks for are left alone, as by kubectl.
 *
 * @param place such as {@code users[0].user}; empty for the whole file
 */
record Settings(Path file, String place, Map<?, ?> values) {

  /** A text; a number or a truth value is taken as it is written. */
  @Nullable String text(String key) {
    return text(values.get(key), placeOf(key));
  }

  @Nullable Boolean flag(String key) {
    @Nullable String text = text(key);
    if (text == null || text.equals("true") || text.equals("false")) {
      return text == null ? null : Boolean.valueOf(text);
    }
    throw wrongForm(placeOf(key));
  }

  /** The mapping under a key, as what {@code read} makes of it. */
  <T> @Nullable T one(String key, Function<Settings, T> read) {
    @Nullable Object value = values.get(key);
    return value == null ? null : read.apply(mapping(value, placeOf(key)));
  }

  /** A list of mappings, each as what {@code read} makes of it. */
  <T> List<T> each(String key, Function<Settings, T> read) {
    return list(values.get(key), placeOf(key), (value, at) -> read.apply(mapping(value, at)));
  }

  /** A list of texts. */
  List<String> texts(String key) {
    return list(values.get(key), placeOf(key), this::text);
  }

  /** A mapping whose keys are the user's, each to a text. */
  Map<String, String> textByKey(String key) {
    return byKey(key, this::text);
  }

  /** A mapping whose keys are the user's, each to a list of texts. */
  Map<String, List<String>> textsByKey(String key) {
    return byKey(key, (value, at) -> list(value, at, this::text));
  }

  /** Reads a value that stands at a place. */
  private interface Reading<T> {
    @Nullable T of(@Nullable Object value, String at);
  }

  private <T> Map<String, T> byKey(String key, Reading<T> read) {
    @Nullable Object value = values.get(key);
    if (value == null) {
      return Map.of();
    }
    var all = new LinkedHashMap<String, T>();
    Settings mapping = mapping(value, placeOf(key));
    mapping.values.forEach(
        (name, each) -> {
          @Nullable T element = read.of(each, mapping.placeOf(String.valueOf(name)));
          if (element != null) {
            all.put(String.valueOf(name), element);
          }
        });
    return all;
  }

  private <T> List<T> list(@Nullable Object value, String at, Reading<T> read) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw wrongForm(at);
    }
    var all = new ArrayList<T>();
    for (int i = 0; i < list.size(); i++) {
      @Nullable T element = read.of(list.get(i), at + "[" + i + "]");
      if (element != null) {
        all.add(element);
      }
    }
    return all;
  }

  private Settings mapping(@Nullable Object value, String at) {
    if (value instanceof Map<?, ?> map) {
      return new Settings(file, at, map);
    }
    throw wrongForm(at);
  }

  private @Nullable String text(@Nullable Object value, String at) {
    if (value instanceof Map || value instanceof List) {
      throw wrongForm(at);
    }
    return value == null ? null : value.toString();
  }

  private String placeOf(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private ConfigurationException wrongForm(String at) {
    return new ConfigurationException(
        file + " is not a kubeconfig: " + at + " has the wrong form", Kubeconfig.REMEDY);
  }

  @Override
  public String toString() {
    return "Settings[file=" + file + ", place=" + place + "]";
  }
}
