package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.SettingProblem;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

class SqlTableProviderTest {
  private final Database database =
      Database.open(
          DatabaseSettings.builder(DatabaseType.POSTGRESQL, "mail").host("127.0.0.1:9").build(),
          LookupEvents.NONE);
  private final List<String> problems = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  private LookupTable create(Map<String, Object> values) {
    Settings settings =
        new Settings(
            "postmaps[0]", values, (SettingProblem problem) -> problems.add(problem.toString()));
    LookupTable table = new SqlTableProvider().create(settings, new Context());
    settings.finish();
    return table;
  }

  private final class Context implements TableContext {
    @Override
    public String mapName() {
      return "map";
    }

    @Override
    public LookupEvents events() {
      return LookupEvents.NONE;
    }

    @Override
    public <T> Optional<T> resource(Class<T> type, String name) {
      return type == Database.class && name.equals("/mail")
          ? Optional.of(type.cast(database))
          : Optional.empty();
    }
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(LookupTableProvider.class))
        .anyMatch(provider -> provider.type().equals("sql"));
  }

  @Test
  void takesTheColumnsOfTheGoDaemonsFile() {
    create(Map.of("database", "mail", "table", "t", "key", "k", "value", "v", "reason", ""));
    assertThat(problems).isEmpty();
  }

  @Test
  void takesAQueryWithItsOptions() {
    create(
        Map.of(
            "database", "mail",
            "query", "SELECT v FROM t WHERE k = '%s'",
            "result_format", "<%s>",
            "expansion_limit", 3));
    assertThat(problems).isEmpty();
  }

  @Test
  void reportsEverythingThatIsMissing() {
    create(Map.of("database", "other", "valu", "v"));
    assertThat(problems)
        .anyMatch(problem -> problem.startsWith("postmaps[0].database: "))
        .anyMatch(problem -> problem.startsWith("postmaps[0].table: "))
        .anyMatch(problem -> problem.startsWith("postmaps[0].key: "))
        .anyMatch(problem -> problem.startsWith("postmaps[0].valu: unknown"))
        .hasSize(4);
  }

  @Test
  void refusesColumnsBesideAQuery() {
    create(Map.of("database", "mail", "query", "SELECT '%s'", "table", "t", "key", "k"));
    assertThat(problems)
        .anyMatch(problem -> problem.startsWith("postmaps[0].table: "))
        .anyMatch(problem -> problem.startsWith("postmaps[0].key: "))
        .hasSize(2);
  }

  @Test
  void reportsTemplatesThatAreWrong() {
    create(Map.of("database", "mail", "query", "SELECT '%q'", "result_format", "%q"));
    assertThat(problems)
        .anyMatch(problem -> problem.startsWith("postmaps[0].query: "))
        .anyMatch(problem -> problem.startsWith("postmaps[0].result_format: "))
        .hasSize(2);
  }
}
