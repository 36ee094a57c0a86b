package org.sockmapd.cli;

import java.io.IOException;
import org.sockmapd.testing.SmtpSession;

/**
 * A mail that is offered to Postfix, as if by some client.
 *
 * @param clientName the name of the client
 * @param clientAddress its address, as XCLIENT has it
 * @param helo what it says in EHLO
 * @param login who has logged in
 * @param sender the sender; {@code <>} for none
 * @param recipient the one recipient
 */
record MailProbe(
    String clientName,
    String clientAddress,
    String helo,
    String login,
    String sender,
    String recipient) {
  /** May send to anybody. */
  static final String TRUSTED_CLIENT = "192.0.2.1";

  /** Reads a line of six columns, in which {@code -} stands for what does not matter. */
  static MailProbe parse(String line) {
    String[] columns = line.split("\t", -1);
    return new MailProbe(
        orElse(columns[0], "probe.invalid"),
        orElse(columns[1], TRUSTED_CLIENT),
        orElse(columns[2], "probe.invalid"),
        orElse(columns[3], "[UNAVAILABLE]"),
        orElse(columns[4], "probe@from.invalid"),
        columns[5]);
  }

  private static String orElse(String column, String byDefault) {
    return column.equals("-") ? byDefault : column;
  }

  /** Offers it, and sends it when the recipient is accepted; gives the last reply. */
  SmtpSession.Reply offer(SmtpSession session) throws IOException {
    session.send("RSET");
    SmtpSession.Reply known =
        session.send(
            "XCLIENT NAME=%s ADDR=%s LOGIN=%s".formatted(clientName, clientAddress, login));
    if (known.code() != 220) {
      throw new IllegalStateException(this + ": " + known);
    }
    session.send("EHLO " + helo);
    SmtpSession.Reply from =
        session.send("MAIL FROM:" + (sender.equals("<>") ? sender : "<" + sender + ">"));
    if (from.code() != 250) {
      return from;
    }
    SmtpSession.Reply to = session.send("RCPT TO:<" + recipient + ">");
    if (to.code() != 250) {
      return to;
    }
    session.send("DATA");
    return session.send("Subject: probe\r\n\r\n.");
  }
}
