package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostfixInstanceTest {

  private static final String COLOURS = "inline:{ rose=red, violet=blue }";

  @Test
  void asksATableForOneKey() {
    try (Postmap postmap = Postmap.with(Map.of())) {
      assertThat(postmap.query(COLOURS, "rose")).isEqualTo(new Command.Outcome(0, "red\n", ""));
      assertThat(postmap.query(COLOURS, "lily")).isEqualTo(new Command.Outcome(1, "", ""));
    }
  }

  @Test
  void asksATableForManyKeys() {
    try (Postmap postmap = Postmap.with(Map.of())) {
      Command.Outcome outcome = postmap.query(COLOURS, List.of("violet", "lily", "rose"));
      assertThat(outcome).isEqualTo(new Command.Outcome(0, "violet\tblue\nrose\tred\n", ""));
    }
  }

  @Test
  void tellsAFailedLookupByItsWarning() {
    try (Postmap postmap = Postmap.with(Map.of())) {
      Command.Outcome outcome = postmap.query("fail:broken", "rose");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.stderr()).isNotBlank();
    }
  }

  @Test
  void refusesAndAcceptsRecipientsOverSmtp() throws IOException {
    Map<String, String> parameters =
        Map.of(
            "relay_domains",
            "example.com",
            "relay_recipient_maps",
            "inline:{ alice@example.com=OK }");
    try (PostfixInstance postfix = PostfixInstance.start(parameters);
        SmtpSession session = postfix.smtp()) {
      assertThat(session.greeting().code()).isEqualTo(220);
      assertThat(session.greeting().text()).startsWith("mx.test");
      assertThat(session.send("EHLO client.test").text()).contains("PIPELINING");
      assertThat(session.recipient("", "alice@example.com").code()).isEqualTo(250);
      assertThat(session.recipient("", "bob@example.com").code()).isEqualTo(550);
      await().until(() -> postfix.log().contains("bob@example.com"));
      assertThat(postfix.postmap(COLOURS, "rose").stdout()).isEqualTo("red\n");
    }
  }
}
