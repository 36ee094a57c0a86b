package org.sockmapd.lookup.template;

/**
 * Queries from the parameters that Postfix's SQL tables had before {@code query}, as Postfix itself
 * composes them. What comes out is a template: a {@code %} in a parameter counts as one in {@code
 * query}.
 */
public final class LegacyQuery {
  private LegacyQuery() {}

  /**
   * Composes a query of {@code select_field}, {@code table}, {@code where_field} and {@code
   * additional_conditions}.
   *
   * @param selectField the column of the value
   * @param table the table
   * @param whereField the column of the key
   * @param additionalConditions what follows the comparison, such as {@code AND active = 1}; may be
   *     empty
   * @return the query
   */
  public static String ofTable(
      String selectField, String table, String whereField, String additionalConditions) {
    return "SELECT "
        + selectField
        + " FROM "
        + table
        + " WHERE "
        + whereField
        + "='%s' "
        + additionalConditions;
  }

  /**
   * Composes a query of PostgreSQL's {@code select_function}.
   *
   * @param function the name of a function of one text
   * @return the query
   */
  public static String ofFunction(String function) {
    return "SELECT " + function + "('%s')";
  }
}
