package org.sockmapd.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.lookup.template.RowExpansion;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.lookup.template.TemplateException;

/** A key made into the values of a statement, and rows into an answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TemplateBenchmark {
  private final String key = "alice@example.com";
  private final String value = "alice@mail.example.com";
  private final QueryTemplate whole = query("SELECT goto FROM aliases WHERE address = '%s'");
  private final QueryTemplate parts =
      query("SELECT path FROM mailboxes WHERE local = '%u' AND domain = '%d'");
  private final ResultFormat format = format("%d/%u/");

  /** JMH makes states by constructors that throw nothing checked. */
  private static QueryTemplate query(String query) {
    try {
      return QueryTemplate.parse(query, SqlQuoting.POSTGRESQL);
    } catch (TemplateException e) {
      throw new IllegalArgumentException(query, e);
    }
  }

  private static ResultFormat format(String format) {
    try {
      return ResultFormat.parse(format);
    } catch (TemplateException e) {
      throw new IllegalArgumentException(format, e);
    }
  }

  /** One value, the key itself. */
  @Benchmark
  public Optional<List<String>> bindWholeKey() {
    return whole.bind(key);
  }

  /** Two values, each a part of the key. */
  @Benchmark
  public Optional<List<String>> bindParts() {
    return parts.bind(key);
  }

  /** The answer of one row, as it is. */
  @Benchmark
  public LookupResult expandPlain() {
    return answer(ResultFormat.PLAIN);
  }

  /** The answer of one row, made of the parts of its value. */
  @Benchmark
  public LookupResult expandParts() {
    return answer(format);
  }

  private LookupResult answer(ResultFormat wanted) {
    RowExpansion expansion = wanted.expansion("aliases", key, 0, LookupEvents.NONE);
    expansion.add(value);
    return expansion.result();
  }
}
