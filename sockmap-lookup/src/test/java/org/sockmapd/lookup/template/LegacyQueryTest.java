package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LegacyQueryTest {

  @Test
  void composesWhatPostfixComposes() throws TemplateException {
    QueryTemplate table =
        QueryTemplate.parse(
            LegacyQuery.ofTable("goto", "alias", "address", "AND active = '1'"), SqlQuoting.MYSQL);
    QueryTemplate function =
        QueryTemplate.parse(LegacyQuery.ofFunction("virtual"), SqlQuoting.POSTGRESQL);

    assertThat(table.sql()).isEqualTo("SELECT goto FROM alias WHERE address=? AND active = '1'");
    assertThat(function.sql()).isEqualTo("SELECT virtual(?)");
    assertThat(table.bind("joe@a")).hasValue(List.of("joe@a"));
  }
}
