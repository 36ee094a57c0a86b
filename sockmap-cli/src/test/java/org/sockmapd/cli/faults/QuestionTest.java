package org.sockmapd.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapReply.Timeout;

/** What the harness takes for wrong: a judge that lets everything pass would prove nothing. */
class QuestionTest {
  private final Question there = new Question("m", "k", Optional.of("a,b"));
  private final Question absent = new Question("m", "k", Optional.empty());

  @Test
  void onlyWhatTheDatabaseHoldsIsRight() {
    assertThat(there.judge(new Ok("a,b"))).isEqualTo(Verdict.RIGHT);
    assertThat(there.judge(new Ok("a"))).isEqualTo(Verdict.WRONG);
    assertThat(there.judge(new NotFound())).isEqualTo(Verdict.WRONG);
    assertThat(absent.judge(new NotFound())).isEqualTo(Verdict.RIGHT);
    assertThat(absent.judge(new Ok("a"))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aFailureIsNotWrongUnlessItIsForGood() {
    assertThat(there.judge(new Temp("x"))).isEqualTo(Verdict.TEMP);
    assertThat(absent.judge(new Timeout("x"))).isEqualTo(Verdict.TIMEOUT);
    assertThat(there.judge(new Perm("x"))).isEqualTo(Verdict.WRONG);
  }
}
