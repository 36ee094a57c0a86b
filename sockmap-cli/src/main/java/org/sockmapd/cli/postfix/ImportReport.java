package org.sockmapd.cli.postfix;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sockmapd.cli.config.Problem;

/**
 * What an import came to, to be read from top to bottom: what was taken, what changed in meaning,
 * what stays with Postfix, what to look at and what to do next. One cause is told once, with every
 * place where it was found.
 */
public final class ImportReport {
  private final ImportedConfiguration imported;
  private final List<String> next;

  /**
   * Makes a report.
   *
   * @param imported what it is of
   * @param next what to do next, a step each
   */
  public ImportReport(ImportedConfiguration imported, List<String> next) {
    this.imported = imported;
    this.next = List.copyOf(next);
  }

  /**
   * Prints the report as text.
   *
   * @param out takes it
   */
  public void print(PrintWriter out) {
    out.println("Taken: " + imported.mapCount() + " maps");
    imported.taken().forEach(map -> out.println("  " + taken(map)));
    section(out, "Changed in meaning", ImportNote.Kind.CHANGED);
    section(out, "Stays with Postfix", ImportNote.Kind.STAYS);
    section(out, "To look at", ImportNote.Kind.LOOK);
    if (!next.isEmpty()) {
      out.println("What to do next:");
    }
    for (int i = 0; i < next.size(); i++) {
      out.println("  " + (i + 1) + ". " + next.get(i));
    }
  }

  /**
   * Gives the report for a program.
   *
   * @return JSON
   */
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("maps", imported.taken().stream().map(ImportReport::json).toList());
    for (ImportNote.Kind kind : ImportNote.Kind.values()) {
      root.put(
          switch (kind) {
            case CHANGED -> "changed";
            case STAYS -> "stays";
            case LOOK -> "look";
          },
          notes(kind).stream().map(ImportReport::json).toList());
    }
    root.put("main_cf", imported.mainCfLines());
    root.put("next", next);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root);
  }

  private static String taken(ImportedConfiguration.TakenMap map) {
    String uses = map.inner() ? "inner map, asked by others" : "its use is not known";
    if (!map.uses().isEmpty()) {
      uses = "for " + String.join(", ", map.uses());
    }
    String search = map.search().equals("exact") ? "" : ", searched by " + map.search();
    return map.name() + ": " + map.source() + ", " + uses + search;
  }

  private void section(PrintWriter out, String title, ImportNote.Kind kind) {
    Map<String, List<Problem>> byCause =
        notes(kind).stream()
            .collect(
                Collectors.groupingBy(Problem::message, LinkedHashMap::new, Collectors.toList()));
    if (byCause.isEmpty()) {
      return;
    }
    out.println(title + ":");
    byCause.forEach(
        (message, problems) -> {
          out.println("  " + problems.getFirst());
          others(problems).forEach(place -> out.println("    also " + place));
        });
  }

  private static List<String> others(List<Problem> problems) {
    List<String> places = new ArrayList<>();
    for (Problem problem : problems.subList(1, problems.size())) {
      String shown = problem.toString();
      places.add(shown.substring(0, shown.length() - problem.message().length() - 2));
    }
    return places;
  }

  private List<Problem> notes(ImportNote.Kind kind) {
    return imported.notes().stream()
        .filter(note -> note.kind() == kind)
        .map(ImportNote::problem)
        .toList();
  }

  private static Map<String, Object> json(ImportedConfiguration.TakenMap map) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", map.name());
    json.put("source", map.source());
    json.put("search", map.search());
    json.put("for", map.uses());
    return json;
  }

  private static Map<String, Object> json(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", problem.file().toString());
    json.put("line", problem.line());
    json.put("column", problem.column());
    json.put("parameter", problem.path());
    json.put("message", problem.message());
    return json;
  }
}
