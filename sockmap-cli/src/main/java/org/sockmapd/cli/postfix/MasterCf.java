package org.sockmapd.cli.postfix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.config.SourceText;

/** {@code master.cf}, whose {@code -o} options may name tables as well. */
final class MasterCf {
  private static final Pattern WORD = Pattern.compile("[^\\s,{}=]+");

  private MasterCf() {}

  /** Tells of each imported table that the file beside {@code main.cf} names. */
  static void warnOfTables(Path mainCf, TableSet tables, Notes notes) {
    Path file = mainCf.resolveSibling("master.cf");
    if (!Files.isReadable(file)) {
      return;
    }
    Optional<String> text = SourceText.read(file, notes::warn);
    int number = 0;
    for (String line : text.orElse("").split("\n", -1)) {
      number++;
      if (!line.startsWith("#")) {
        warnOfTables(file, number, line, tables, notes);
      }
    }
  }

  private static void warnOfTables(
      Path file, int number, String line, TableSet tables, Notes notes) {
    Matcher words = WORD.matcher(line);
    while (words.find()) {
      Optional<TableReference> table = TableReference.of(words.group());
      if (table.isPresent() && tables.requested(table.get())) {
        notes.warn(
            new Problem(
                file,
                number,
                words.start() + 1,
                "",
                table.get() + " is used here too; replace it by hand"));
      }
    }
  }
}
