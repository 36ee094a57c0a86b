package org.sockmapd.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What stands in table files beside the account: queries, formats, domains. */
final class PostfixTemplates {
  private static final List<String> LITERALS =
      List.of(
          "'%s'",
          "'%u'",
          "'%d'",
          "'@%d'",
          "'%u+x@%d'",
          "'%%%u'",
          "'it''s %s'",
          "'%1'",
          "'%2.%1'",
          "'%3'",
          "'%S|%U|%D'",
          "'%u''%d'",
          "'%s%s'",
          "'%1%2%3%4%5%6%7%8%9'",
          "' %u\n   %d '");
  private static final List<String> FORMATS =
      List.of(
          "%s",
          "%u",
          "%d",
          "<%s>",
          "%%%s",
          "%S=%s",
          "%U %D %u",
          "%1.%s",
          "%2",
          "OK",
          "%u@%D",
          "relay:[%s]:25");
  private static final List<String> TYPED =
      List.of("i", "n", "b", "d", "z", "y", "r", "f", "a", "c");

  private PostfixTemplates() {}

  static List<String> ofPostgresql() {
    List<String> templates = ofAll("'%s'::text", " || ");
    templates.add("query = SELECT v FROM t WHERE k = lower(E'%u@\\x25d') OR k = '%s'\n");
    templates.add("query = SELECT v FROM t WHERE k = U&'%u\\0040%d'\n");
    templates.add("query = SELECT v FROM t WHERE k ~ '^joe1' AND k = '%s' LIMIT 1\n");
    templates.add("query = SELECT host(a) FROM typed WHERE split_part('%s', '@', 1) = 'joe1'\n");
    templates.add("query = SELECT format('%%s|%%s', '%u', k) FROM t WHERE k = '%s' ORDER BY v\n");
    templates.add(
        "query = SELECT coalesce((SELECT min(v) FROM t WHERE k = '%s'), (SELECT '%u'), 'none');\n");
    templates.add("query = SELECT array_agg(v ORDER BY v) FROM t WHERE k = '%s' GROUP BY k\n");
    templates.add("select_function = upper\n");
    return templates;
  }

  static List<String> ofMySql() {
    List<String> templates = ofAll("\"%s\"", " ");
    templates.add("query = SELECT v FROM t WHERE k = \"%u@%d\" # %u\n");
    templates.add("query = SELECT v FROM t WHERE k REGEXP '^joe1' AND k = '%s'\n");
    templates.add("query = SELECT concat('%u', '\\\\', \"it's\", '\\'', '%d', '\\%%') FROM DUAL\n");
    templates.add("query = SELECT v FROM t WHERE `k` = BINARY '%s' ORDER BY v\n");
    templates.add(
        "query = SELECT ifnull((SELECT min(v) FROM t WHERE k = '%s'), (SELECT '%u')) -- %d\n");
    templates.add("query = SELECT group_concat(v ORDER BY v) FROM t WHERE k = '%s' GROUP BY k\n");
    return templates;
  }

  static List<String> ofSqlite() {
    List<String> templates = ofAll("CAST('%s' AS TEXT)", " || ");
    templates.add("query = SELECT v FROM t WHERE [k] = '%s' AND \"w\" <> '' -- %u\n");
    templates.add("query = SELECT coalesce((SELECT min(v) FROM t WHERE k = '%s'), '%u') LIMIT 1\n");
    templates.add("query = SELECT group_concat(v, ';') FROM t WHERE k = '%s' GROUP BY k\n");
    return templates;
  }

  private static List<String> ofAll(String cast, String between) {
    Random random = new Random(11);
    List<String> templates = new ArrayList<>();
    for (String literal : LITERALS) {
      templates.add("query = SELECT " + literal + "\n");
      templates.add(
          "query = SELECT v, w FROM t\n  WHERE k = "
              + literal
              + " ORDER BY v, w;\n"
              + format(random));
    }
    templates.add("query = SELECT v FROM t WHERE k LIKE '%%@%d' AND k = '%s' ORDER BY v\n");
    templates.add("query = SELECT " + cast + between + "'%u'\n");
    templates.add("query = SELECT v FROM t WHERE k IN ('%s', '%u', '@%d') ORDER BY v, w\n");
    templates.add(
        "query = SELECT v FROM t WHERE k = '%s' UNION SELECT w FROM t WHERE k = '%s' ORDER BY 1\n");
    templates.add("query = SELECT v FROM t WHERE k = '%s' ORDER BY v\ndomain = example.com, !x\n");
    templates.add("query = SELECT '%s'\ndomain = !sub.example.com Example.ORG, com example\n");
    templates.add("query = SELECT v /* of t */ FROM t WHERE k = '%s' ORDER BY v -- of %u\n");
    templates.add("query = SELECT v FROM t WHERE k = '%s' ORDER BY v\nexpansion_limit = 3\n");
    templates.add(
        "# old\ntable = t\nselect_field = v\nwhere_field = k\nadditional_conditions = ORDER BY v\n");
    templates.add("query = SELECT k, %s FROM typed WHERE i = %s OR n = %u\n");
    for (String column : TYPED) {
      templates.add("query = SELECT " + column + " FROM typed WHERE '%u' LIKE 'joe%%'\n");
    }
    return templates;
  }

  private static String format(Random random) {
    return "result_format = " + FORMATS.get(random.nextInt(FORMATS.size())) + "\n";
  }
}
