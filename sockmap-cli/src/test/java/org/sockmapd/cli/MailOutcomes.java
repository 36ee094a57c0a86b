package org.sockmapd.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.testing.PostfixInstance;
import org.sockmapd.testing.SmtpSession;

/** What a real Postfix makes of mails. */
final class MailOutcomes {
  private static final Pattern QUEUED = Pattern.compile("queued as (\\w+)");
  private static final Pattern DELIVERY =
      Pattern.compile(
          "(?m)postfix/[\\w/-]+\\[\\d+]: (\\w+): (to=<.*>(?:, orig_to=<.*>)?), relay=.*(status=.*)$");
  private static final Pattern REMOVED = Pattern.compile("(?m): (\\w+): removed$");
  private static final Pattern SENDER =
      Pattern.compile("(?m)postfix/qmgr\\[\\d+]: (\\w+): (from=<.*>), size=.*$");

  private MailOutcomes() {}

  /** What becomes of each mail: the reply, and who gets it in the end, from whom and how. */
  static Map<MailProbe, String> of(PostfixInstance postfix, List<MailProbe> probes)
      throws IOException {
    Map<MailProbe, String> replies = new LinkedHashMap<>();
    try (SmtpSession session = postfix.smtp()) {
      for (MailProbe probe : probes) {
        SmtpSession.Reply reply = probe.offer(session);
        replies.put(probe, reply.code() + " " + reply.text());
      }
    }
    return withEnds(postfix, replies);
  }

  /**
   * The same with fewer mails: recipients that have all else in common share one, whose ends are
   * those of each of them.
   */
  static Map<MailProbe, String> ofShared(PostfixInstance postfix, List<MailProbe> probes)
      throws IOException {
    Map<MailProbe, List<MailProbe>> mails = new LinkedHashMap<>();
    probes.forEach(
        probe -> mails.computeIfAbsent(probe.mail(), same -> new ArrayList<>()).add(probe));
    Map<MailProbe, String> replies = new LinkedHashMap<>();
    try (SmtpSession session = postfix.smtp()) {
      for (List<MailProbe> mail : mails.values()) {
        offer(session, mail, replies);
      }
    }
    return withEnds(postfix, replies);
  }

  private static void offer(
      SmtpSession session, List<MailProbe> mail, Map<MailProbe, String> replies)
      throws IOException {
    SmtpSession.Reply from = mail.getFirst().begin(session);
    List<MailProbe> accepted = new ArrayList<>();
    for (MailProbe probe : mail) {
      SmtpSession.Reply reply = from.code() == 250 ? probe.recipient(session) : from;
      replies.put(probe, reply.code() + " " + reply.text());
      if (from.code() == 250 && reply.code() == 250) {
        accepted.add(probe);
      }
    }
    if (!accepted.isEmpty()) {
      SmtpSession.Reply end = MailProbe.send(session);
      accepted.forEach(probe -> replies.put(probe, end.code() + " " + end.text()));
    }
  }

  private static Map<MailProbe, String> withEnds(
      PostfixInstance postfix, Map<MailProbe, String> replies) {
    List<String> queued = new ArrayList<>();
    replies.values().forEach(reply -> queueId(reply).ifPresent(queued::add));
    await().atMost(Duration.ofMinutes(2)).until(() -> removed(postfix.log()).containsAll(queued));
    Map<String, Set<String>> ends = ends(postfix.log());
    replies.replaceAll(
        (probe, reply) -> queueId(reply).map(id -> "250 " + ends.get(id)).orElse(reply));
    return replies;
  }

  private static Optional<String> queueId(String reply) {
    Matcher matcher = QUEUED.matcher(reply);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static List<String> removed(String log) {
    return REMOVED.matcher(log).results().map(result -> result.group(1)).toList();
  }

  private static Map<String, Set<String>> ends(String log) {
    Map<String, Set<String>> ends = new LinkedHashMap<>();
    Matcher delivery = DELIVERY.matcher(log);
    while (delivery.find()) {
      ends.computeIfAbsent(delivery.group(1), id -> new TreeSet<>())
          .add(delivery.group(2) + " " + delivery.group(3));
    }
    Matcher sender = SENDER.matcher(log);
    while (sender.find()) {
      ends.computeIfAbsent(sender.group(1), id -> new TreeSet<>()).add(sender.group(2));
    }
    return ends;
  }
}
