package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriverOptionsTest {
  private final DriverOptions options = new DriverOptions();

  @Test
  void namesAClassToADriverThatSeesIt() {
    options.setSeen("name", DriverOptionsTest.class, "org.postgresql.Driver");
    assertThat(options.properties()).containsEntry("name", DriverOptionsTest.class.getName());
  }

  @Test
  void namesNoneToADriverThatIsKeptApart() {
    options.setSeen("name", DriverOptionsTest.class, "java.util.concurrent.locks.ReentrantLock");
    assertThat(options.properties()).isEmpty();
  }
}
