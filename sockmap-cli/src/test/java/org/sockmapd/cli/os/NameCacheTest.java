package org.sockmapd.cli.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("networkaddress.cache.ttl")
class NameCacheTest {
  private static final String SECONDS = "networkaddress.cache.ttl";

  @Test
  void addressesAreKeptForASecondUnlessTheRuntimeWasToldOtherwise() {
    NameCache.keepForASecond();
    assertThat(Security.getProperty(SECONDS)).isEqualTo("1");
    Security.setProperty(SECONDS, "7");
    try {
      NameCache.keepForASecond();
      assertThat(Security.getProperty(SECONDS)).isEqualTo("7");
    } finally {
      Security.setProperty(SECONDS, "1");
    }
  }
}
