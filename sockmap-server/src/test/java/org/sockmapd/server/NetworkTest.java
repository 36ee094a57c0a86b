package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.4/30, 192.0.2.7, true",
    "192.0.2.4/30, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
  })
  void tellsWhichAddressesBelongToIt(String network, String address, boolean expected)
      throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/8", "localhost", "mail.example.com/8", "10.0.0/8", "10.0.0.0/", "10.0.0.0/33",
        "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.256", "::1/129", "fe80::1%lo", "1.2.3.4.5", ":::",
        "10.0.0.0/99999999999"
      })
  void refusesWhatIsNoNetworkAndQuotesIt(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a network: ");
  }

  @Test
  void proposesTheNetworkThatWasMeantByAnAddressInsideIt() {
    assertThatThrownBy(() -> Network.parse("10.1.2.3/8"))
        .hasMessage("'10.1.2.3/8' has bits set after its prefix: did you mean 10.0.0.0/8?");
  }

  @Test
  void refusesAnIpv4AddressInIpv6FormWhichNoClientHas() {
    assertThatThrownBy(() -> Network.parse("::ffff:192.0.2.1"))
        .hasMessage("'::ffff:192.0.2.1' is an IPv4 address in IPv6 form: write 192.0.2.1");
  }

  @Test
  void isEqualToTheSameNetworkWrittenOtherwise() {
    assertThat(Network.parse("192.0.2.1"))
        .isEqualTo(Network.parse("192.0.2.1/32"))
        .hasSameHashCodeAs(Network.parse("192.0.2.1/32"))
        .isNotEqualTo(Network.parse("192.0.2.2"))
        .hasToString("192.0.2.1");
    assertThat(Network.parse("2001:db8::/32")).isEqualTo(Network.parse("2001:0db8:0::/32"));
  }
}
