package org.sockmapd.cli.postfix;

import java.util.List;
import java.util.Locale;
import org.sockmapd.cli.postfix.MasterCf.Service;

/**
 * Names that mean something to Postfix, and that a map knows by their usual spelling alone: the key
 * for the null sender in access tables, and the sender of undeliverable bounces, whose localpart no
 * delimiter splits.
 *
 * <p>The other parameters for the null address do nothing that a map could see: {@code
 * empty_address_recipient} takes its place before a table is asked, and the keys of {@code
 * empty_address_relayhost_maps_lookup_key} and its like are looked up as any other address.
 */
final class FixedNames {
  private static final String NULL_SENDER = "smtpd_null_access_lookup_key";
  private static final String DOUBLE_BOUNCE = "double_bounce_sender";

  private final MapNames names;

  FixedNames(MapNames names) {
    this.names = names;
  }

  void tell(MainCf main, List<Service> services, Notes notes) {
    main.parameter(NULL_SENDER).ifPresent(given -> nullSender(given, main, notes));
    main.parameter(DOUBLE_BOUNCE).ifPresent(given -> doubleBounce(given, main, notes));
    for (Service service : services) {
      for (Parameter option : service.options()) {
        if (option.name().equals(NULL_SENDER)) {
          nullSender(option, service.main(main), notes);
        }
      }
    }
  }

  private void nullSender(Parameter given, MainCf main, Notes notes) {
    String key = main.expand(given.text());
    boolean asked =
        names.maps().stream()
            .map(map -> names.uses(map.name()))
            .anyMatch(
                uses ->
                    uses.contains("check_sender_access")
                        || uses.contains("smtpd_sender_restrictions"));
    if (asked && !key.equals("<>")) {
      notes.changed(
          given.problem(
              "a map of check_sender_access is asked for \""
                  + key
                  + "\" as for any address or domain: where it has no such row, a row of a parent"
                  + " domain or of a part of the address answers for the null sender, which Postfix"
                  + " never asks for"));
    }
  }

  private void doubleBounce(Parameter given, MainCf main, Notes notes) {
    String localpart = main.expand(given.text()).replaceFirst("@.*$", "").toLowerCase(Locale.ROOT);
    String delimiters = main.value("recipient_delimiter");
    boolean split =
        localpart.chars().skip(1).anyMatch(character -> delimiters.indexOf(character) >= 0);
    boolean searched =
        names.maps().stream()
            .map(ImportedMap::search)
            .map(search -> search.getOrDefault("search", "exact"))
            .anyMatch(List.of("address", "access", "transport")::contains);
    if (searched && split && !localpart.equals("double-bounce")) {
      notes.changed(
          given.problem(
              "maps take what follows the delimiter in \""
                  + localpart
                  + "\" for an extension, which Postfix does not: give this sender a row of its own"
                  + " where a row of the shorter address must not answer"));
    }
  }
}
