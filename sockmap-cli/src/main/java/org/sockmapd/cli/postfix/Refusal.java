package org.sockmapd.cli.postfix;

import java.util.Optional;

/** What Postfix takes no socketmap for, because it is security-sensitive. */
final class Refusal {
  private Refusal() {}

  /** Tells why a parameter must keep its table; empty when it may be a socketmap. */
  static Optional<String> of(String parameter, MainCf main) {
    return switch (parameter) {
      case "alias_maps" -> refusedBy("local(8)");
      case "mailbox_command_maps" -> refusedBy("local(8)");
      case "virtual_uid_maps", "virtual_gid_maps" -> refusedBy("virtual(8)");
      case "virtual_mailbox_maps" ->
          main.value("virtual_transport").equals("virtual")
              ? refusedBy("virtual(8), which virtual_transport names")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> refusedBy(String program) {
    return Optional.of(program + " takes no socketmap; this table stays with Postfix");
  }
}
