package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendmailTest {

  @Test
  void tellsWhatAMapGivesAndWhatItDoesNotKnow() {
    String map = "regex -afound ^rose red$";
    assertThat(Sendmail.map("colours", map, "rose red"))
        .isEqualTo(new Sendmail.Answer(Optional.of("found"), 0));
    assertThat(Sendmail.map("colours", map, "lily"))
        .isEqualTo(new Sendmail.Answer(Optional.empty(), 0));
  }

  @Test
  void tellsATemporaryFailure() {
    String map = "socket -d1 inet:%d@127.0.0.1".formatted(FreePort.choose());
    assertThat(Sendmail.map("colours", map, "rose"))
        .isEqualTo(new Sendmail.Answer(Optional.empty(), 75));
  }
}
