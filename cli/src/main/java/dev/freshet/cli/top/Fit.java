package dev.freshet.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;

/**
 * Sections made to fit a height: rows go where nothing is on; if that is not enough, the empty
 * lines between tables, and then rows, the least important first. Each table keeps a row, and a
 * last line says how many went. If even that is too much, the end is cut off.
 */
final class Fit {

  /** A row of a table that has others. */
  private record Spare(int section, int panel, int row, double weight) {}

  private static final Comparator<Spare> LEAST = Comparator.comparingDouble(Spare::weight);

  private final List<Section> sections;
  private final int width;
  private final Map<String, Integer> gone = new LinkedHashMap<>();
  private final boolean airy;

  private Fit(List<Section> sections, int width, boolean airy) {
    this.sections = new ArrayList<>(sections);
    this.width = width;
    this.airy = airy;
  }

  static List<String> of(
      List<Section> sections, int width, int height, UnaryOperator<String> bold) {
    var airy = new Fit(sections, width, true);
    if (airy.giveUpUntil(height, weight -> weight == 0)) {
      return airy.lines(bold);
    }
    var dense = new Fit(sections, width, false);
    boolean fits = dense.giveUpUntil(height, weight -> true);
    List<String> lines = dense.lines(bold);
    return fits ? lines : lines.subList(0, height);
  }

  /** Gives rows of some weights up until the rest fits, if it then does. */
  private boolean giveUpUntil(int height, DoublePredicate weight) {
    int over = lines(UnaryOperator.identity()).size() - height;
    if (over > 0) {
      // The line that says what went needs room, too.
      over++;
    }
    while (over > 0) {
      if (!giveUpRow(weight)) {
        return false;
      }
      over--;
    }
    return true;
  }

  private boolean giveUpRow(DoublePredicate weight) {
    Optional<Spare> least =
        spare().stream()
            .filter(row -> weight.test(row.weight()))
            // Of equals the last.
            .reduce((one, other) -> LEAST.compare(other, one) <= 0 ? other : one);
    least.ifPresent(this::remove);
    return least.isPresent();
  }

  private List<Spare> spare() {
    List<Spare> spare = new ArrayList<>();
    for (int s = 0; s < sections.size(); s++) {
      List<Panel> panels = sections.get(s).panels();
      for (int p = 0; p < panels.size(); p++) {
        List<Panel.Row> rows = panels.get(p).rows();
        for (int r = 0; rows.size() > 1 && r < rows.size(); r++) {
          spare.add(new Spare(s, p, r, rows.get(r).weight()));
        }
      }
    }
    return spare;
  }

  private void remove(Spare spare) {
    Section section = sections.get(spare.section());
    List<Panel> panels = new ArrayList<>(section.panels());
    Panel panel = panels.get(spare.panel());
    panels.set(spare.panel(), panel.withoutRow(spare.row()));
    sections.set(spare.section(), new Section(section.text(), panels));
    gone.merge(panel.rowsAre(), 1, Integer::sum);
  }

  private List<String> lines(UnaryOperator<String> bold) {
    List<String> lines = new ArrayList<>();
    for (Section section : sections) {
      if (!section.text().isEmpty()) {
        air(lines);
        lines.addAll(section.text());
      }
      boolean first = true;
      for (Panel panel : section.panels()) {
        if (panel.rows().isEmpty()) {
          continue;
        }
        if (!first || section.text().isEmpty()) {
          air(lines);
        }
        first = false;
        List<String> table = panel.lines(width);
        lines.add(bold.apply(table.getFirst()));
        lines.addAll(table.subList(1, table.size()));
      }
    }
    if (!gone.isEmpty()) {
      lines.add(Panel.cut(notShown(), width));
    }
    return lines;
  }

  private void air(List<String> lines) {
    if (airy && !lines.isEmpty()) {
      lines.add("");
    }
  }

  private String notShown() {
    List<String> parts = new ArrayList<>();
    gone.forEach((what, count) -> parts.add(count + " of the " + what));
    return "Not shown: " + String.join(", ", parts) + ".";
  }
}
