package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.cache.CacheSettings;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.tables.TableFactory;

/** Holds the manual against the code: each setting that is asked for has its row, and no other. */
class ConfigurationManualTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
  private static final Path MANUAL = Path.of("../docs/configuration.md");
  private static final Path EXAMPLE = Path.of("../packaging/etc/sockmapd.json");

  private final Problems problems =
      new Problems(Path.of("f.json"), new JsonTree(Map.of(), Map.of()), List.of());

  @Test
  void namesEverySettingOfTheDaemon() throws IOException {
    assertThat(documented("sysconfig"))
        .isEqualTo(asked(Map.of(), s -> SysconfigReader.readSection(s, problems)));
  }

  @Test
  void namesEverySettingOfAConnection() throws IOException {
    assertThat(documented("database"))
        .isEqualTo(asked(Map.of(), s -> ConnectionReader.read(s, Path.of(""), "", problems)));
  }

  @Test
  void namesEverySettingOfACache() throws IOException {
    assertThat(documented("cache")).isEqualTo(asked(Map.of(), CacheSettings::read));
  }

  @Test
  void namesEverySettingOfAMap() throws IOException {
    Set<String> names = new TreeSet<>(List.of("for", "service"));
    names.addAll(asked(Map.of(), this::map));
    names.addAll(asked(Map.of("query", "SELECT 1"), this::map));
    names.addAll(asked(Map.of("domain", "example.com"), this::map));
    names.addAll(asked(Map.of("type", "inline"), this::map));
    names.addAll(asked(Map.of("type", "fail"), this::map));
    names.addAll(asked(Map.of("type", "maps"), this::map));
    names.addAll(asked(Map.of("type", "static"), this::map));
    names.addAll(asked(Map.of("shadow", "other"), this::map));

    assertThat(documented("postmaps")).isEqualTo(names);
  }

  @Test
  void showsAnExampleThatIsRight() throws Exception {
    Configuration configuration = Configuration.read(EXAMPLE, Map.of("SOCKMAPD_PASSWORD", "x"));

    assertThat(configuration.postmaps()).hasSize(3);
    assertThat(configuration.warnings()).isEmpty();
  }

  private void map(Settings settings) {
    LookupTables.Builder owner = LookupTables.builder();
    MapContext context =
        new MapContext(
            "m",
            settings,
            Map.of(),
            new Databases(LookupEvents.NONE, owner),
            name -> Optional.empty(),
            LookupEvents.NONE,
            CacheSettings.DEFAULTS.capacity());
    TableFactory.installed().create(settings, context).close();
    owner.build().close();
  }

  private static Set<String> documented(String section) throws IOException {
    String manual = Files.readString(MANUAL);
    int start = manual.indexOf("\n## " + section + "\n");
    assertThat(start).as("section " + section).isPositive();
    int end = manual.indexOf("\n## ", start + 4);
    Matcher rows = ROW.matcher(manual.substring(start, end < 0 ? manual.length() : end));
    return rows.results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> asked(Map<String, Object> members, Consumer<Settings> reader) {
    Recorder recorder = new Recorder(members);
    reader.accept(new Settings("", recorder, problem -> {}));
    return recorder.asked;
  }

  /** Members that remember who was asked for. */
  private static final class Recorder extends HashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> asked = new TreeSet<>();

    Recorder(Map<String, Object> members) {
      super(members);
    }

    @Override
    public boolean containsKey(Object name) {
      asked.add(String.valueOf(name));
      return super.containsKey(name);
    }

    @Override
    public @Nullable Object get(Object name) {
      asked.add(String.valueOf(name));
      return super.get(name);
    }
  }
}
