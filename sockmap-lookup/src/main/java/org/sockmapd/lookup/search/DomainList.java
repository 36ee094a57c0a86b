package org.sockmapd.lookup.search;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A list of domains, written as a Postfix match list: names, {@code /file} for the names in a file,
 * {@code !} before either for domains that are not in the list; the first that fits decides. Names
 * are compared whole and without regard to case. Files are read once. Immutable.
 *
 * <p>A key outside the list is not found, which refuses mail. So a file that lists nothing, that
 * changes while it is read, or that does not end with a line break is a problem: it may be cut
 * short, or still being written.
 */
public final class DomainList {
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
  private static final int DEEPEST_FILE = 8;

  private final List<Entry> entries;

  private DomainList(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  private record Entry(String domain, boolean listed) {}

  /**
   * Makes a list of names.
   *
   * @param domains the names, without {@code /} and {@code !}
   * @return the list
   */
  public static DomainList of(String... domains) {
    List<Entry> entries = new ArrayList<>();
    for (String domain : domains) {
      entries.add(new Entry(CaseFolding.fold(domain), true));
    }
    return new DomainList(entries);
  }

  /**
   * Reads a list.
   *
   * @param items names, files and negations; an item may hold several, with commas or spaces
   *     between them
   * @param problems takes what is wrong, in words for an administrator
   * @return the list of what could be read
   */
  public static DomainList parse(List<String> items, Consumer<String> problems) {
    Reader reader = new Reader(problems);
    items.forEach(item -> reader.read(item, true, 0));
    return new DomainList(reader.entries);
  }

  /**
   * Looks for a domain.
   *
   * @param domain a name
   * @return true when it is in the list
   */
  public boolean contains(String domain) {
    String folded = CaseFolding.fold(domain);
    for (Entry entry : entries) {
      if (entry.domain.equals(folded)) {
        return entry.listed;
      }
    }
    return false;
  }

  /**
   * Returns whether the list holds no domain: it has no entries, or negated ones only.
   *
   * @return true when {@link #contains} is false for every name
   */
  public boolean isEmpty() {
    return entries.stream().noneMatch(Entry::listed);
  }

  /** Collects the entries of nested files. */
  private static final class Reader {
    private final Consumer<String> problems;
    private final List<Entry> entries = new ArrayList<>();

    Reader(Consumer<String> problems) {
      this.problems = problems;
    }

    void read(String text, boolean listed, int depth) {
      for (String item : SEPARATOR.split(text, -1)) {
        if (!item.isEmpty()) {
          readItem(item, listed, depth);
        }
      }
    }

    private void readItem(String item, boolean listed, int depth) {
      String name = item.replaceFirst("^!+", "");
      boolean negated = (item.length() - name.length()) % 2 == 1;
      if (name.isEmpty()) {
        problems.accept("no domain after the \"!\"");
      } else if (name.startsWith("/")) {
        readFile(name, listed != negated, depth);
      } else if (name.contains(":") && !name.startsWith("[")) {
        problems.accept("\"" + name + "\" is a table (expected a domain, or /file)");
      } else {
        entries.add(new Entry(CaseFolding.fold(name), listed != negated));
      }
    }

    private void readFile(String file, boolean listed, int depth) {
      if (depth == DEEPEST_FILE) {
        problems.accept("\"" + file + "\": files name each other too deeply");
        return;
      }
      try {
        readLines(file, WholeFile.read(Path.of(file)), listed, depth);
      } catch (InvalidPathException e) {
        problems.accept("\"" + file + "\" is no path: " + e.getReason());
      } catch (IOException e) {
        problems.accept("cannot read \"" + file + "\": " + reason(e));
      }
    }

    private void readLines(String file, String text, boolean listed, int depth) {
      List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
      if (lines.stream().allMatch(String::isBlank)) {
        problems.accept("\"" + file + "\" lists no domain");
      } else if (!text.endsWith("\n")) {
        problems.accept("\"" + file + "\" does not end with a line break: it may be cut short");
      } else {
        lines.forEach(line -> read(line, listed, depth + 1));
      }
    }

    private static String reason(IOException e) {
      return switch (e) {
        case java.nio.file.NoSuchFileException none -> "no such file";
        case java.nio.file.AccessDeniedException denied -> "permission denied";
        case java.nio.charset.CharacterCodingException coding -> "not UTF-8";
        case java.nio.file.FileSystemException other when other.getReason() != null ->
            other.getReason();
        default -> String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      };
    }
  }
}
