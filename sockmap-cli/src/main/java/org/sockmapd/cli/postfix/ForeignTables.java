package org.sockmapd.cli.postfix;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of other databases, which an administrator may expect to be imported. */
record ForeignTables(MainCf main, List<MasterCf.Service> services) {
  private static final Pattern DATABASE =
      Pattern.compile("(?<![A-Za-z0-9_])(ldap|mongodb|memcache|nis|nisplus):[^\\s,{}]+");

  ForeignTables {
    services = List.copyOf(services);
  }

  void tell(Notes notes) {
    main.parameters().forEach(parameter -> tell(parameter, notes));
    services.forEach(service -> service.options().forEach(option -> tell(option, notes)));
  }

  private static void tell(Parameter parameter, Notes notes) {
    Matcher table = DATABASE.matcher(parameter.text());
    while (table.find()) {
      notes.stays(
          parameter.problem(
              table.start(),
              table.group()
                  + " stays with Postfix: sockmapd asks no "
                  + table.group(1)
                  + " servers"));
    }
  }
}
