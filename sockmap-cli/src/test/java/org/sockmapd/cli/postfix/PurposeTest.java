package org.sockmapd.cli.postfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.Prerequisite;

/** Holds what the importer knows of Postfix's parameters to the Postfix of this machine. */
class PurposeTest {
  private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+)`");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[a-z].*?) \\| `([a-z]+)` \\| (.*?) \\| (.*?) \\| (.*?) \\|$");
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
  private static final Pattern OF_TABLES =
      Pattern.compile("type:table|type:name|lookup tables?\\b|check_[a-z_]+_access");

  @Test
  void knowsEveryParameterOfPostfixThatTakesATable() {
    Set<String> names = new TreeSet<>(ofManual());
    Map<String, String> defaults = defaults();
    for (String list : Set.of("proxy_read_maps", "proxy_write_maps")) {
      VARIABLE.matcher(defaults.get(list)).results().map(r -> r.group(1)).forEach(names::add);
    }
    names.removeAll(Purpose.all().stream().map(Purpose::name).collect(Collectors.toSet()));

    assertThat(names).isEmpty();
  }

  @Test
  void takesPostfixsOwnValuesForWhatIsNotSet() {
    Map<String, String> own = defaults();
    Map<String, String> expected = new TreeMap<>();
    MainCf.DEFAULTS.keySet().forEach(name -> expected.put(name, own.get(name)));
    for (Purpose purpose : Purpose.all()) {
      String text = own.getOrDefault(purpose.name(), "");
      boolean inherits =
          VARIABLE.matcher(text).results().map(r -> r.group(1)).anyMatch(PurposeTest::isTable);
      if (inherits && purpose.lookup() != Purpose.Lookup.NONE) {
        expected.put(purpose.name(), text);
      }
    }

    assertThat(new TreeMap<>(MainCf.DEFAULTS)).isEqualTo(expected);
  }

  @Test
  void saysInTheManualWhatItDoes() throws IOException {
    String manual = Files.readString(Path.of("../docs/search.md"));
    Map<String, String> documented = new TreeMap<>();
    Matcher rows = ROW.matcher(manual.substring(0, manual.indexOf("## The orders")));
    while (rows.find()) {
      String facts =
          rows.group(2) + " " + rows.group(3) + " " + rows.group(4) + " " + rows.group(5);
      NAME.matcher(rows.group(1)).results().forEach(name -> documented.put(name.group(1), facts));
    }
    Map<String, String> known = new TreeMap<>();
    for (Purpose each : Purpose.all()) {
      boolean searched = !each.search().isEmpty() && !each.search().equals("exact");
      if (searched && !each.refusal().startsWith("refused")) {
        known.put(each.name(), facts(each));
      }
    }

    assertThat(documented).isEqualTo(known);
  }

  private static String facts(Purpose purpose) {
    String rewriting = purpose.search().equals("address") ? "`" + purpose.rewriting() + "`" : "–";
    return "%s %s %s %s"
        .formatted(
            purpose.search(),
            rewriting,
            purpose.extensions().isEmpty() ? "–" : "`" + purpose.extensions() + "`",
            parents(purpose));
  }

  private static String parents(Purpose purpose) {
    if (purpose.parents().isEmpty() || purpose.parents().equals("never")) {
      return purpose.parents().isEmpty() ? "–" : "never";
    }
    return purpose.lookup() == Purpose.Lookup.MATCH_HOSTNAME
            && purpose.parents().equals(purpose.name())
        ? "itself"
        : "`" + purpose.parents() + "`";
  }

  private static boolean isTable(String name) {
    return Purpose.all().stream().map(Purpose::name).anyMatch(name::equals);
  }

  private static Map<String, String> defaults() {
    Prerequisite.require(
        Command.of("sh", "-c", "command -v postconf").run().status() == 0,
        "this test needs Postfix (Debian's postfix)");
    Map<String, String> defaults = new TreeMap<>();
    Command.of("postconf", "-d")
        .runOrFail()
        .stdout()
        .lines()
        .map(line -> line.split(" =( |$)", 2))
        .forEach(parts -> defaults.put(parts[0], parts.length < 2 ? "" : parts[1]));
    return defaults;
  }

  /** The parameters of postconf(5) whose text speaks of tables. */
  private static Set<String> ofManual() {
    Path manual = Path.of("/usr/share/man/man5/postconf.5.gz");
    Prerequisite.require(Files.isReadable(manual), "this test needs the manual postconf(5)");
    Set<String> known = defaults().keySet();
    return Pattern.compile("\n\\.SH ")
        .splitAsStream(Command.of("zcat", "-f", manual.toString()).runOrFail().stdout())
        .filter(section -> OF_TABLES.matcher(section).find())
        .map(section -> section.split("\\s", 2)[0])
        .filter(known::contains)
        .collect(Collectors.toSet());
  }
}
