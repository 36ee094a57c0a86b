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

  private static final String MESSAGE =
      """
      Subject: probe
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=part

      --part
      Content-Type: message/rfc822

      Subject: inside

      text
      --part--
      """;

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

  /** What tells its mail from those of others, whoever gets it. */
  MailProbe mail() {
    return new MailProbe(clientName, clientAddress, helo, login, sender, isUtf8() ? "ü" : "");
  }

  private boolean isUtf8() {
    return (sender + recipient).chars().anyMatch(c -> c > 127);
  }

  /** Offers it, and sends it when the recipient is accepted; gives the last reply. */
  SmtpSession.Reply offer(SmtpSession session) throws IOException {
    SmtpSession.Reply from = begin(session);
    if (from.code() != 250) {
      return from;
    }
    SmtpSession.Reply to = recipient(session);
    return to.code() == 250 ? send(session) : to;
  }

  /** Names the client and the sender; gives the reply to the latter. */
  SmtpSession.Reply begin(SmtpSession session) throws IOException {
    session.send("RSET");
    SmtpSession.Reply known =
        session.send(
            "XCLIENT NAME=%s ADDR=%s LOGIN=%s".formatted(clientName, clientAddress, login));
    if (known.code() != 220) {
      throw new IllegalStateException(this + ": " + known);
    }
    boolean knowsUtf8 = session.send("EHLO " + helo).text().contains("SMTPUTF8");
    String utf8 = knowsUtf8 && isUtf8() ? " SMTPUTF8" : "";
    return session.send("MAIL FROM:" + (sender.equals("<>") ? sender : "<" + sender + ">") + utf8);
  }

  SmtpSession.Reply recipient(SmtpSession session) throws IOException {
    return session.send("RCPT TO:<" + recipient + ">");
  }

  static SmtpSession.Reply send(SmtpSession session) throws IOException {
    session.send("DATA");
    return session.send(MESSAGE.replace("\n", "\r\n") + ".");
  }
}
