package dev.freshet.bench.contender;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What libraries have taken by malloc, such as zstd for its dictionaries and contexts: all that
 * glibc has given out, less what the JVM itself took, which it counts with {@code
 * -XX:NativeMemoryTracking=summary}. Without that flag there is nothing to tell.
 */
final class NativeMemory {
  private static final Pattern OF_JVM = Pattern.compile("malloc: (\\d+)KB");
  private static final Pattern FREE =
      Pattern.compile("type=\"(fast|rest)\" count=\"\\d+\" size=\"(\\d+)\"");
  private static final Pattern MAPPED =
      Pattern.compile("type=\"mmap\" count=\"\\d+\" size=\"(\\d+)\"");
  private static final Pattern ARENAS = Pattern.compile("type=\"current\" size=\"(\\d+)\"");
  private static final String LAST_ARENA = "</heap>";
  private static final long KIBIBYTE = 1_024;

  private NativeMemory() {}

  static long ofLibraries() {
    return ofLibraries(command("vmNativeMemory", "summary"), command("systemNativeHeapInfo"));
  }

  /**
   * @param jvm what {@code jcmd VM.native_memory} says
   * @param glibc what malloc_info(3) says
   */
  static long ofLibraries(String jvm, String glibc) {
    Matcher ofJvm = OF_JVM.matcher(jvm);
    return ofJvm.find() ? given(glibc) - Long.parseLong(ofJvm.group(1)) * KIBIBYTE : 0;
  }

  private static long given(String all) {
    String totals = all.substring(Math.max(0, all.lastIndexOf(LAST_ARENA)));
    Matcher free = FREE.matcher(totals);
    long freeBytes = 0;
    while (free.find()) {
      freeBytes += Long.parseLong(free.group(2));
    }
    return number(ARENAS, totals) + number(MAPPED, totals) - freeBytes;
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("malloc_info says nothing like " + pattern + ": " + text);
    }
    return Long.parseLong(found.group(1));
  }

  /** What {@code jcmd} would say. */
  private static String command(String name, String... arguments) {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  name,
                  new Object[] {arguments},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("this JVM has no command " + name, e);
    }
  }
}
