package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadStatusTest {
  private static final Account NOBODY = new Account("nobody", 65534, 65534, List.of(65534));
  private static final String NONE = "0000000000000000";

  @Test
  void readsUsersGroupsAndCapabilities() {
    ThreadStatus status =
        ThreadStatus.parse(
            List.of(
                "Name:\tjava: odd",
                "Uid:\t0\t1\t2\t3",
                "Gid:\t4\t5\t6\t7",
                "Groups:\t20 4 ",
                "CapInh:\t0000000000000001",
                "CapPrm:\t000001ffffffffff",
                "CapEff:\t0000000000000000"));

    assertThat(status)
        .isEqualTo(
            new ThreadStatus(
                List.of(0, 1, 2, 3),
                List.of(4, 5, 6, 7),
                List.of(4, 20),
                List.of("000001ffffffffff", NONE)));
  }

  @Test
  void readsTheUserWithTheGreatestNumber() {
    assertThat(status("Uid:\t4294967294\t0\t0\t0", "Groups:").users()).startsWith(-2);
  }

  @Test
  void knowsRootByTheEffectiveUser() {
    assertThat(status("Uid:\t1\t0\t1\t1", "Groups:").isRoot()).isTrue();
    assertThat(status("Uid:\t0\t1\t0\t0", "Groups:").isRoot()).isFalse();
  }

  @Test
  void knowsTheCapabilityForLowPorts() {
    List<Integer> nobody = List.of(65534, 65534, 65534, 65534);

    assertThat(new ThreadStatus(nobody, nobody, nobody, List.of(NONE, "0000000000000400")))
        .matches(ThreadStatus::mayBindLowPorts);
    assertThat(new ThreadStatus(nobody, nobody, nobody, List.of("0000000000000400", NONE)))
        .matches(status -> !status.mayBindLowPorts());
    assertThat(new ThreadStatus(nobody, nobody, nobody, List.of(NONE, "ffffffffffffffff")))
        .matches(ThreadStatus::mayBindLowPorts);
  }

  @Test
  void tellsWhatIsLeftOfAnotherAccount() {
    List<Integer> nobody = List.of(65534, 65534, 65534, 65534);
    List<Integer> savedRoot = List.of(65534, 65534, 0, 65534);
    List<Integer> own = List.of(65534);
    List<String> powerless = List.of(NONE, NONE);

    assertThat(new ThreadStatus(nobody, nobody, own, powerless).differenceFrom(NOBODY)).isEmpty();
    assertThat(new ThreadStatus(savedRoot, nobody, own, powerless).differenceFrom(NOBODY))
        .isEqualTo("its users are [65534, 65534, 0, 65534]");
    assertThat(new ThreadStatus(nobody, savedRoot, own, powerless).differenceFrom(NOBODY))
        .isEqualTo("its groups are [65534, 65534, 0, 65534]");
    assertThat(
            new ThreadStatus(nobody, nobody, List.of(0, 65534), powerless).differenceFrom(NOBODY))
        .isEqualTo("its further groups are [0, 65534]");
    assertThat(
            new ThreadStatus(nobody, nobody, own, List.of("0000000000000400", NONE))
                .differenceFrom(NOBODY))
        .startsWith("its capabilities are");
  }

  @Test
  void findsTheThreadsOfThisProcess() throws IOException {
    assertThat(ThreadStatus.ofAllThreads())
        .hasSizeGreaterThan(3)
        .contains(ThreadStatus.ofProcess());
  }

  private static ThreadStatus status(String users, String groups) {
    return ThreadStatus.parse(
        List.of(users, "Gid:\t0\t0\t0\t0", groups, "CapPrm:\t" + NONE, "CapEff:\t" + NONE));
  }
}
