package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sockmapd.protocol.SocketmapLimits;

class ServerLimitsTest {
  @Test
  void hasADefaultForEachLimit() {
    ServerLimits limits = ServerLimits.defaults();

    assertThat(limits.messages()).isEqualTo(SocketmapLimits.postfix());
    assertThat(limits.maxConnections()).isEqualTo(10_000);
    assertThat(limits.maxConnectionsPerClient()).isEqualTo(2_500);
    assertThat(limits.maxInFlightPerMap()).isEqualTo(5_000);
    assertThat(limits.maxPipelined()).isEqualTo(100);
    assertThat(limits.idleTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(limits.writeTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void namesTheLimitThatCannotBe() {
    ServerLimits.Builder builder = ServerLimits.builder();

    assertThatThrownBy(() -> builder.maxConnections(0))
        .hasMessage("maxConnections must be at least 1, got 0");
    assertThatThrownBy(() -> builder.maxPipelined(-1))
        .hasMessage("maxPipelined must be at least 1, got -1");
    assertThatThrownBy(() -> builder.idleTimeout(Duration.ZERO))
        .hasMessage("idleTimeout must be more than zero, got PT0S");
    assertThatThrownBy(() -> builder.writeTimeout(Duration.ofSeconds(-1)))
        .hasMessage("writeTimeout must be more than zero, got PT-1S");
  }
}
