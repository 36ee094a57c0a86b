package org.sockmapd.lookup.template;

import java.util.List;
import java.util.regex.Pattern;
import org.sockmapd.lookup.template.SqlToken.Kind;

/** Turns the SQL of a template into SQL with bound values, token by token. */
final class QueryCompiler {
  private static final Pattern UESCAPE =
      Pattern.compile("\\s*uescape\\b", Pattern.CASE_INSENSITIVE);

  private final String query;
  private final SqlQuoting quoting;
  private final BoundSql sql;
  private boolean ended = false;

  private QueryCompiler(String query, SqlQuoting quoting) {
    this.query = query;
    this.quoting = quoting;
    this.sql = new BoundSql(quoting);
  }

  static BoundSql compile(String query, SqlQuoting quoting) throws TemplateException {
    List<SqlToken> tokens = SqlScanner.scan(query, quoting);
    QueryCompiler compiler = new QueryCompiler(query, quoting);
    for (SqlToken token : tokens) {
      compiler.add(token);
    }
    return compiler.sql;
  }

  private void add(SqlToken token) throws TemplateException {
    requireOneStatement(token);
    switch (token.kind()) {
      case CODE -> code(token);
      case SEMICOLON -> ended = true;
      case COMMENT -> sql.appendNothing();
      case ACTIVE_COMMENT, IDENTIFIER, OTHER_CONSTANT -> fixed(token);
      case STRING, BACKSLASH_STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING -> text(token);
    }
  }

  private void requireOneStatement(SqlToken token) throws TemplateException {
    boolean nothing =
        switch (token.kind()) {
          case COMMENT, SEMICOLON -> true;
          case CODE -> query.substring(token.start(), token.end()).isBlank();
          default -> false;
        };
    if (ended && !nothing) {
      throw wrong(token.start(), "a second statement begins (expected one query)");
    }
  }

  private void code(SqlToken token) throws TemplateException {
    for (int at = token.start(); at < token.end(); at++) {
      switch (query.charAt(at)) {
        case '%' -> percent(at++);
        case '?' -> questionMark(at);
        default -> sql.append(query.charAt(at));
      }
    }
  }

  private void percent(int at) throws TemplateException {
    char letter = query.charAt(at + 1);
    if (letter == '%') {
      sql.append('%');
      return;
    }
    boolean touchesWord = at + 2 < query.length() && SqlQuoting.isWord(query.charAt(at + 2));
    if (touchesWord || sql.expectsIdentifier()) {
      throw unbindable(at, "as a part of a name or as a table");
    }
    sql.bind(new TextTemplate(List.of(new Placeholder(letter))));
  }

  private void questionMark(int at) throws TemplateException {
    if (quoting != SqlQuoting.POSTGRESQL) {
      throw wrong(at, "a ? outside quotes (expected %s or another placeholder)");
    }
    // PostgreSQL has operators with it; JDBC wants those doubled.
    sql.append("??");
  }

  /** What may hold no placeholder, because no value can be bound inside it. */
  private void fixed(SqlToken token) throws TemplateException {
    int placeholder = Percents.firstPlaceholder(query, token.start(), token.end());
    if (placeholder >= 0) {
      throw unbindable(placeholder, describe(token));
    }
    sql.append(Percents.collapse(query, token.start(), token.end()));
  }

  private String describe(SqlToken token) {
    return switch (token.kind()) {
      case IDENTIFIER -> "inside a quoted identifier" + hint();
      case ACTIVE_COMMENT -> "inside a comment that the database reads";
      default ->
          "inside a literal with a prefix " + query.substring(token.start(), token.bodyStart());
    };
  }

  private String hint() {
    return quoting == SqlQuoting.MYSQL ? "" : "; a text stands in single quotes";
  }

  private void text(SqlToken token) throws TemplateException {
    if (Percents.firstPlaceholder(query, token.bodyStart(), token.bodyEnd()) < 0) {
      sql.append(Percents.collapse(query, token.start(), token.end()));
      return;
    }
    if (token.kind() == Kind.UNICODE_STRING
        && UESCAPE.matcher(query).region(token.end(), query.length()).lookingAt()) {
      throw wrong(token.end(), "UESCAPE after a literal with a placeholder");
    }
    sql.bind(LiteralReader.read(query, token));
  }

  private TemplateException unbindable(int at, String where) {
    return wrong(at, "%" + query.charAt(at + 1) + " " + where + ": a value cannot be bound there");
  }

  private static TemplateException wrong(int at, String message) {
    return new TemplateException(at, message + " at offset " + at);
  }
}
