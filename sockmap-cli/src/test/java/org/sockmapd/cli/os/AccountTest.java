package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountTest {
  @Test
  void findsAUserWithHisOwnGroupByNameAndByNumber() throws UnknownAccountException {
    Account byName = Account.find("nobody", Optional.empty());

    assertThat(byName.name()).isEqualTo("nobody");
    assertThat(byName.uid()).isPositive();
    assertThat(byName.groups()).contains(byName.gid());
    assertThat(Account.find(Integer.toString(byName.uid()), Optional.empty())).isEqualTo(byName);
  }

  @Test
  void takesAnotherGroupByNameAndByNumber() throws UnknownAccountException {
    Account daemon = Account.find("nobody", Optional.of("daemon"));

    assertThat(daemon.groups()).contains(daemon.gid());
    assertThat(daemon.gid()).isNotEqualTo(Account.find("nobody", Optional.empty()).gid());
    assertThat(Account.find("nobody", Optional.of(Integer.toString(daemon.gid()))))
        .isEqualTo(daemon);
  }

  @Test
  void takesANumberThatIsInNoListOfUsersWithAGroupOnly() throws UnknownAccountException {
    assertThat(Account.find("765432", Optional.of("765433")))
        .isEqualTo(new Account("765432", 765432, 765433, List.of(765433)));
    assertThatThrownBy(() -> Account.find("765432", Optional.empty()))
        .hasMessage(
            "sysconfig.run_as_group: is needed, since the user 765432 is in no list of users");
  }

  @Test
  void namesTheSettingOfAnUnknownName() {
    assertThatThrownBy(() -> Account.find("no-such-user", Optional.empty()))
        .hasMessage("sysconfig.run_as_user: there is no user no-such-user");
    assertThatThrownBy(() -> Account.find("nobody", Optional.of("no-such-group")))
        .hasMessage("sysconfig.run_as_group: there is no group no-such-group");
  }
}
