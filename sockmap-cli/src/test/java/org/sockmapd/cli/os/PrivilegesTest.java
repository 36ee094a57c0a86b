package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each attempt is a process of its own: who gives up root here would take it from the tests. */
class PrivilegesTest {
  @BeforeEach
  void needsRoot() throws IOException {
    assumeThat(Privileges.isRoot()).as("giving up root needs root").isTrue();
  }

  @Test
  void givesUpRootInEveryThreadForGood() throws Exception {
    Account nobody = Account.find("nobody", Optional.empty());

    List<String> lines = attempt("nobody");

    assertThat(lines).hasSizeGreaterThan(20);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line)
                  .contains(
                      "users=" + List.of(nobody.uid(), nobody.uid(), nobody.uid(), nobody.uid()));
              assertThat(line)
                  .contains(
                      " groups=" + List.of(nobody.gid(), nobody.gid(), nobody.gid(), nobody.gid()));
              assertThat(line).contains("supplementary=" + nobody.groups());
              assertThat(line).contains("capabilities=[0000000000000000, 0000000000000000]");
            });
  }

  @Test
  void refusesToBecomeRoot() throws Exception {
    assertThat(attempt("root")).containsExactly("refused: the user root is root");
  }

  @Test
  void saysWhichStepTheSystemRefused() throws Exception {
    // Root of a fresh user namespace may not change its groups.
    List<String> lines = attempt("nobody", "unshare", "--user", "--map-root-user");

    assertThat(lines).containsExactly("refused: setgroups for the user nobody failed with error 1");
  }

  private static List<String> attempt(String user, String... around) throws Exception {
    return JavaProcess.lines(List.of(around), List.of(), GiveUpRoot.class, user);
  }
}
