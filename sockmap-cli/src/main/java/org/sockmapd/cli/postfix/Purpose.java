package org.sockmapd.cli.postfix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Postfix does with the tables of a parameter, or with the table behind a word such as {@code
 * check_sender_access}. The facts are those of {@code parameters.tsv}, from Postfix's sources.
 *
 * @param name the parameter, or the word
 * @param lookup which function asks the tables
 * @param extensions its word in {@code propagate_unmatched_extensions}; empty when it has none
 * @param parents its name in {@code parent_domain_matches_subdomains}; empty when it has none
 * @param folding which letters of a key are made lower case
 * @param refusal why there can be no socketmap; empty when there can
 */
record Purpose(
    String name,
    Lookup lookup,
    String extensions,
    String parents,
    Folding folding,
    String refusal) {

  private static final Map<String, Purpose> ALL = read();
  private static final Map<String, String> CHECKS_OF_LISTS =
      Map.of(
          "smtpd_client_restrictions", "check_client_access",
          "smtpd_helo_restrictions", "check_helo_access",
          "smtpd_sender_restrictions", "check_sender_access",
          "smtpd_relay_restrictions", "check_recipient_access",
          "smtpd_recipient_restrictions", "check_recipient_access",
          "smtpd_etrn_restrictions", "check_etrn_access",
          "local_header_rewrite_clients", "check_address_map");

  /** A table that Postfix asks for one key, as it is. */
  static final Purpose EXACT = new Purpose("", Lookup.MAPS_FIND, "", "", Folding.UNICODE, "");

  /** The functions of Postfix that ask tables, and the search that does the same. */
  enum Lookup {
    MAIL_ADDR_MAP("address"),
    MAIL_ADDR_FIND("address"),
    ACCESS("access"),
    CHECK_DOMAIN_ACCESS("domain"),
    TRANSPORT("transport"),
    MATCH_HOSTNAME("domain"),
    MATCH_STRING("exact"),
    MATCH_HOSTADDR("exact"),
    MAPS_FIND("exact"),
    DICT_GET("exact"),
    RESTRICTIONS(""),
    NONE("");

    private final String search;

    Lookup(String search) {
      this.search = search;
    }
  }

  /** Which letters of a key Postfix makes lower case for an SQL table. */
  enum Folding {
    UNICODE,
    ASCII,
    NONE
  }

  private static Map<String, Purpose> read() {
    try (InputStream in = Purpose.class.getResourceAsStream("parameters.tsv")) {
      if (in == null) {
        throw new IllegalStateException("parameters.tsv is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Purpose::parse)
          .collect(Collectors.toMap(Purpose::name, each -> each, (a, b) -> a, LinkedHashMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Purpose parse(String line) {
    String[] columns = line.split("\t", -1);
    return new Purpose(
        columns[0],
        Lookup.valueOf(columns[1].toUpperCase(Locale.ROOT)),
        absent(columns[2]),
        columns[3].equals("itself") ? columns[0] : absent(columns[3]),
        Folding.valueOf(columns[4].toUpperCase(Locale.ROOT)),
        absent(columns[5]));
  }

  private static String absent(String column) {
    return column.equals("-") ? "" : column;
  }

  /** The purposes of all parameters and words. */
  static Collection<Purpose> all() {
    return ALL.values();
  }

  /** The purpose of a parameter or a word that asks tables; empty when there is none. */
  static Optional<Purpose> of(String name) {
    return Optional.ofNullable(ALL.get(name))
        .filter(each -> each.lookup != Lookup.RESTRICTIONS && each.lookup != Lookup.NONE);
  }

  /** What a table in a parameter is for, when nothing stands before it that tells. */
  static Optional<Purpose> ofParameter(String name, MainCf main) {
    if (name.equals("smtp_sasl_password_maps")
        && main.isYes("smtp_sender_dependent_authentication")) {
      // By the sender first, and then by hosts, which are no addresses and so stay whole.
      return of(name).map(each -> each.with(Lookup.MAIL_ADDR_FIND));
    }
    return of(CHECKS_OF_LISTS.getOrDefault(name, name));
  }

  /** What a table behind a word of a list of restrictions is for; empty when it is no such word. */
  static Optional<Purpose> ofCheck(String word) {
    return word.startsWith("check_") ? of(word) : Optional.empty();
  }

  /** Tells whether a parameter only names tables, or only seems to. */
  static boolean isNoUse(String parameter) {
    return Optional.ofNullable(ALL.get(parameter))
        .filter(each -> each.lookup == Lookup.NONE)
        .isPresent();
  }

  private Purpose with(Lookup other) {
    return new Purpose(name, other, extensions, parents, folding, refusal);
  }

  String search() {
    return lookup.search;
  }

  boolean rewriting() {
    return lookup == Lookup.MAIL_ADDR_MAP;
  }

  /** Tells whether Postfix asks all tables for a key before it asks any for a less specific one. */
  boolean searchesTablesTogether() {
    return search().equals("address") || search().equals("transport");
  }

  /** The settings of a postmap that is searched so, by what else {@code main.cf} says. */
  Map<String, Object> settings(MainCf main, Map<String, Object> localDomains) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (!search().equals("exact")) {
      settings.put("search", search());
    }
    if (List.of("address", "access", "transport").contains(search())) {
      putDelimiter(main, settings);
    }
    if (search().equals("address")) {
      settings.put("rewriting", rewriting());
      if (rewriting()) {
        boolean propagates = main.words("propagate_unmatched_extensions").contains(extensions);
        settings.put("propagate_unmatched_extensions", propagates);
      }
      settings.putAll(localDomains);
    }
    if (!parents.isEmpty()) {
      List<String> bare = main.words("parent_domain_matches_subdomains");
      settings.put("parent_domain_style", bare.contains(parents) ? "bare" : "dotted");
    }
    settings.putAll(folding(main));
    return settings;
  }

  private static void putDelimiter(MainCf main, Map<String, Object> settings) {
    String delimiter = main.value("recipient_delimiter");
    if (!delimiter.isEmpty()) {
      settings.put("recipient_delimiter", delimiter);
    }
    if (delimiter.indexOf('-') >= 0 && !main.isYes("owner_request_special")) {
      settings.put("owner_request_special", false);
    }
  }

  /** The settings that tell which letters are made lower case, also of a table inside another. */
  Map<String, Object> folding(MainCf main) {
    if (folding == Folding.NONE) {
      return Map.of("fold_case", false);
    }
    return folding == Folding.ASCII || !main.isYes("smtputf8_enable")
        ? Map.of("smtputf8_enable", false)
        : Map.of();
  }
}
