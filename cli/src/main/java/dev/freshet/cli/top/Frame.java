package dev.freshet.cli.top;

import dev.freshet.cli.output.Ages;
import dev.freshet.cli.output.Amounts;
import dev.freshet.cli.output.Table;
import dev.freshet.load.ServerSigns;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** A look as lines that fit a width and a height: the same look always gives the same lines. */
public final class Frame {

  /** The height of what is not bounded. */
  public static final int ENDLESS = Integer.MAX_VALUE;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final double NANOS_PER_SECOND = 1e9;

  private Frame() {}

  /**
   * Draws a look.
   *
   * @param width of the longest line
   * @param height how many lines there may be; rows of little importance go first
   * @param bold put on headers
   */
  public static List<String> lines(Look look, int width, int height, UnaryOperator<String> bold) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of(head(look, width)));
    sections.add(new Section(List.of(), List.of(Panels.kinds(look), Panels.callers(look))));
    switch (look.inside()) {
      case Inside.Hidden hidden ->
          sections.add(
              Section.of(
                  folded(
                      List.of(
                          "API server, all clients: not shown, since " + hidden.problem() + ".",
                          hidden.remedy()),
                      width)));
      case Inside.Shown shown ->
          sections.add(
              new Section(
                  folded(List.of(inside(shown)), width),
                  List.of(Panels.levels(shown), Panels.loads(shown))));
    }
    return Fit.of(sections, width, height, bold);
  }

  private static List<String> head(Look look, int width) {
    Look.Server server = look.server();
    String where =
        String.join(
            "  ",
            List.of(server.name(), server.address(), server.version()).stream()
                .filter(part -> !part.isEmpty())
                .toList());
    String time = look.time().format(TIME);
    String left = Panel.cut(where, Math.max(0, width - time.length() - 2));
    List<String> lines = new ArrayList<>();
    String between = " ".repeat(Math.max(1, width - Table.width(left) - time.length()));
    lines.add(Panel.cut(left + between + time, width));
    List<String> sentences = new ArrayList<>(List.of(met(look.met()), look.subject()));
    if (!look.trouble().isEmpty()) {
      sentences.add("NO ANSWER, this is old: " + look.trouble() + ".");
    }
    lines.addAll(folded(sentences, width));
    return lines;
  }

  private static String met(Look.Met met) {
    ServerSigns signs = met.signs();
    StringBuilder text = new StringBuilder("The server answers");
    if (!signs.latency().isZero()) {
      text.append(" in ")
          .append(Amounts.took(OptionalDouble.of(signs.latency().toNanos() / NANOS_PER_SECOND)));
    }
    text.append(", ")
        .append(Amounts.perSecond(met.answered()))
        .append("/s, ")
        .append(signs.inFlight())
        .append(" of ")
        .append(signs.room())
        .append(" at a time; ")
        .append(ill(met));
    if (!signs.pause().isZero()) {
      text.append("; it wants to be left alone for ").append(Ages.format(signs.pause()));
    }
    return text.append('.').toString();
  }

  private static String ill(Look.Met met) {
    List<String> ill = new ArrayList<>();
    add(ill, met.refused(), "REFUSED");
    add(ill, met.failed(), "FAILED");
    add(ill, met.unanswered(), "UNANSWERED");
    return ill.isEmpty() ? "none refused or failed" : String.join(", ", ill);
  }

  private static void add(List<String> ill, OptionalDouble rate, String what) {
    if (rate.orElse(0) > 0) {
      ill.add(Amounts.perSecond(rate) + "/s " + what);
    }
  }

  private static String inside(Inside.Shown shown) {
    return "API server, all clients: %d reading, %d writing now; its /metrics are %s old."
        .formatted(shown.reading(), shown.writing(), Ages.format(shown.age()));
  }

  /** Sentences, each on lines of its own that break between words. */
  private static List<String> folded(List<String> sentences, int width) {
    List<String> lines = new ArrayList<>();
    for (String sentence : sentences) {
      StringBuilder line = new StringBuilder();
      for (String word : sentence.split(" ", -1)) {
        if (line.length() > 0 && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.length() == 0 ? "" : " ").append(Panel.cut(word, width));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
