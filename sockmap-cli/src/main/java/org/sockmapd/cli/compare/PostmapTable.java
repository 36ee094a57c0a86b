package org.sockmapd.cli.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/**
 * A table of Postfix's own, asked by {@code postmap -q -}: all keys that are wanted are noted first
 * and then asked in one go.
 */
final class PostmapTable implements LookupTable {
  private final String table;
  private final boolean folds;
  private final Set<String> wanted = new LinkedHashSet<>();
  private @Nullable Map<String, String> values;

  /**
   * @param table as {@code main.cf} has it, {@code type:name}
   * @param folds whether keys are made lower case, as for most parameters
   */
  PostmapTable(String table, boolean folds) {
    this.table = table;
    this.folds = folds;
  }

  /** Says "not found" and notes the key until {@link #ask} was called. */
  @Override
  public LookupResult lookup(String key) {
    if (values == null) {
      wanted.add(key);
      return new LookupResult.NotFound();
    }
    @Nullable String value = values.get(key);
    return value == null ? new LookupResult.NotFound() : new LookupResult.Found(value);
  }

  /**
   * Asks for all keys that were noted.
   *
   * @throws IOException if postmap cannot be run, or could not ask the table
   */
  void ask() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("sockmapd-compare-");
    Path keys = directory.resolve("keys");
    Path answers = directory.resolve("answers");
    Path problems = directory.resolve("problems");
    try {
      Files.write(keys, wanted.stream().filter(PostmapTable::canBeAsked).toList());
      List<String> command = new ArrayList<>(List.of("postmap"));
      if (!folds) {
        command.add("-f");
      }
      command.addAll(List.of("-q", "-", table));
      Process postmap =
          new ProcessBuilder(command)
              .redirectInput(keys.toFile())
              .redirectOutput(answers.toFile())
              .redirectError(problems.toFile())
              .start();
      int status = postmap.waitFor();
      String said = new String(Files.readAllBytes(problems), StandardCharsets.UTF_8).strip();
      if (status != 0 && !said.isEmpty()) {
        throw new IOException(said.lines().reduce((a, b) -> b).orElse(said));
      }
      values = values(answers);
    } finally {
      for (Path file : List.of(keys, answers, problems, directory)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean canBeAsked(String key) {
    return !key.isEmpty() && key.chars().noneMatch(c -> c == '\n' || c == '\0');
  }

  private static Map<String, String> values(Path answers) {
    Map<String, String> values = new HashMap<>();
    try {
      String text = new String(Files.readAllBytes(answers), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        int tab = line.indexOf('\t');
        if (tab >= 0 && tab + 1 < line.length()) {
          values.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
