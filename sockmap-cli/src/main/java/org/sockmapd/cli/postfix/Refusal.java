package org.sockmapd.cli.postfix;

import java.util.Optional;

/** What Postfix takes no socketmap for. */
final class Refusal {
  private static final String STAYS = "; this table stays with Postfix";

  private Refusal() {}

  /** Tells why a parameter must keep its table; empty when it may be a socketmap. */
  static Optional<String> of(String parameter, MainCf main) {
    if (parameter.equals("virtual_mailbox_maps")) {
      return main.value("virtual_transport").matches("virtual(:.*)?")
          ? Optional.of(
              "virtual(8), which virtual_transport names, takes no socketmap, so that it would"
                  + " deliver no mail"
                  + STAYS)
          : Optional.empty();
    }
    return Purpose.of(parameter)
        .map(Purpose::refusal)
        .filter(why -> !why.isEmpty())
        .map(
            why ->
                why.startsWith("refused by ")
                    ? why.substring("refused by ".length())
                        + " takes no socketmap, which is not safe enough for it"
                        + STAYS
                    : "there can be no socketmap (" + why + ")" + STAYS);
  }
}
