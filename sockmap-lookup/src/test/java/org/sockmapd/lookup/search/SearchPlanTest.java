package org.sockmapd.lookup.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.lookup.search.SearchKind.ACCESS;
import static org.sockmapd.lookup.search.SearchKind.ADDRESS;
import static org.sockmapd.lookup.search.SearchKind.DOMAIN;
import static org.sockmapd.lookup.search.SearchKind.EXACT;
import static org.sockmapd.lookup.search.SearchKind.NETWORK;
import static org.sockmapd.lookup.search.SearchKind.TRANSPORT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SearchPlanTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '>',
      value = {
        "joe@example.com       > joe@example.com @example.com",
        "joe+x@example.com     > joe+x@example.com joe@example.com @example.com",
        "joe+x+y@example.com   > joe+x+y@example.com joe@example.com @example.com",
        "joe+@example.com      > joe+@example.com joe@example.com @example.com",
        "+x@example.com        > +x@example.com @example.com",
        "joe@home.test         > joe@home.test joe @home.test",
        "joe+x@HOME.test       > joe+x@HOME.test joe@HOME.test joe+x joe @HOME.test",
        "joe+x@home.test.      > joe+x@home.test. joe@home.test. joe+x joe @home.test.",
        "joe                   > joe",
        "joe+x                 > joe+x joe",
        "joe@                  > joe@ @",
        "@example.com          > @example.com ~~@example.com",
        "a@b@example.com       > a@b@example.com ~a@b~@example.com @example.com",
      })
  void triesAnAddressAsPostfixDoes(String key, String keys) {
    SearchPlan plan =
        SearchPlan.builder(ADDRESS)
            .recipientDelimiter("+")
            .localDomains(DomainList.of("home.test"))
            .build();

    assertThat(plan.keys(key)).containsExactly(words(keys));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "postmaster@d            > postmaster@d @d",
        "MAILER-daemon@d         > MAILER-daemon@d @d",
        "double-bounce@d         > double-bounce@d @d",
        "postmaster-x@d          > postmaster-x@d postmaster@d @d",
        "owner-list@d            > owner-list@d @d",
        "Owner-list+x@d          > Owner-list+x@d @d",
        "list-REQUEST@d          > list-REQUEST@d @d",
        "-request@d              > -request@d @d",
        "list-requests@d         > list-requests@d list@d @d",
        "joe+a-b@d               > joe+a-b@d joe@d @d",
        "joe-a+b@d               > joe-a+b@d joe@d @d",
        "joe@d-e                 > joe@d-e @d-e",
      })
  void splitsNoReservedName(String key, String keys) {
    SearchPlan plan = SearchPlan.builder(ADDRESS).recipientDelimiter("+-").build();

    assertThat(plan.keys(key)).containsExactly(words(keys));
  }

  @Test
  void splitsListNamesWhenTheDashIsNoDelimiter() {
    SearchPlan plan = SearchPlan.builder(ADDRESS).recipientDelimiter("+").build();

    assertThat(plan.keys("owner-list+x@d")).containsExactly("owner-list+x@d", "owner-list@d", "@d");
  }

  @Test
  void splitsListNamesWhereOwnersAndRequestsAreNothingSpecial() {
    SearchPlan plan =
        SearchPlan.builder(ADDRESS).recipientDelimiter("-").ownerRequestSpecial(false).build();

    assertThat(plan.keys("owner-list@d")).containsExactly("owner-list@d", "owner@d", "@d");
    assertThat(plan.keys("list-request@d")).containsExactly("list-request@d", "list@d", "@d");
    assertThat(plan.keys("double-bounce@d")).containsExactly("double-bounce@d", "@d");
  }

  @ParameterizedTest
  @CsvSource({
    "joe@[192.0.2.1], joe",
    "joe@[IPv6:2001:DB8:0::1], joe",
    "joe@[2001:db8::1], joe",
    "joe@[ipv6:::ffff:192.0.2.1], joe",
    "joe@[192.0.2.2], ''",
    "joe@[192.0.2.1], joe",
  })
  void knowsALocalAddressInEachOfItsForms(String key, String user) {
    SearchPlan plan =
        SearchPlan.builder(ADDRESS)
            .localDomains(DomainList.of("[192.0.2.1]", "[2001:db8::1]"))
            .build();

    assertThat(plan.keys(key).contains("joe")).isEqualTo(!user.isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void asksForNoParentsOfWhatCannotBeADomain(SearchKind kind) {
    String labels = "a.".repeat(5_000) + "test";
    String label = "é".repeat(1_001) + ".test";
    SearchPlan plan = SearchPlan.builder(kind).bothIdnForms(true).build();

    assertThat(plan.keys(labels)).hasSizeLessThan(3);
    assertThat(plan.keys("joe@" + labels)).hasSizeLessThan(6);
    assertThat(plan.keys(label)).hasSizeLessThan(3);
    assertThat(plan.keys("joe@" + label)).hasSizeLessThan(6);
  }

  @Test
  void takesNoExtensionFromAHostNameBesideAddresses() {
    SearchPlan.Builder plan = SearchPlan.builder(ADDRESS).recipientDelimiter("-");

    assertThat(plan.rewriting(false).build().keys("mail-out.test"))
        .containsExactly("mail-out.test");
    assertThat(plan.rewriting(true).build().keys("joe-x")).containsExactly("joe-x", "joe");
  }

  @Test
  void splitsNothingWithoutADelimiter() {
    assertThat(SearchPlan.builder(ADDRESS).build().keys("joe+x@d"))
        .containsExactly("joe+x@d", "@d");
  }

  @Test
  void triesAQuotedLocalpartInItsExternalFormFirst() {
    SearchPlan plan =
        SearchPlan.builder(ADDRESS)
            .rewriting(false)
            .recipientDelimiter("+")
            .localDomains(DomainList.of("d"))
            .build();

    assertThat(plan.keys("\"a b+c d\"@d"))
        .containsExactly(
            "\"a b+c d\"@d",
            "a b+c d@d",
            "\"a b\"@d",
            "a b@d",
            "\"a b+c d\"",
            "a b+c d",
            "\"a b\"",
            "a b",
            "@d");
    assertThat(plan.keys("\"a\\\"b\"@d"))
        .containsExactly("\"a\\\"b\"@d", "a\"b@d", "\"a\\\"b\"", "a\"b", "@d");
  }

  @Test
  void triesAQuotedLocalpartInItsExternalFormAloneWhereAddressesAreRewritten() {
    SearchPlan plan = SearchPlan.builder(ADDRESS).recipientDelimiter("+").rewriting(true).build();

    assertThat(plan.keys("\"a b+c\"@d")).containsExactly("\"a b+c\"@d", "\"a b\"@d", "@d");
    // Only smtpd asks for this one, to see who is known, and goes on with both forms.
    assertThat(plan.keys("a b+c@d"))
        .containsExactly("a b+c@d", "\"a b+c\"@d", "\"a b\"@d", "a b@d", "@d");
    assertThat(plan.keys("joe+x@d")).containsExactly("joe+x@d", "joe@d", "@d");
  }

  @Test
  void takesNeedlessQuotesForAPartOfTheName() {
    assertThat(SearchPlan.builder(ADDRESS).build().keys("\"ab\"@d"))
        .containsExactly("\"ab\"@d", "\"\\\"ab\\\"\"@d", "@d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "joe+x@a.example.com > joe+x@a.example.com joe@a.example.com a.example.com example.com com"
            + " joe+x@ joe@",
        "joe@localhost       > joe@localhost localhost joe@",
        "joe@                > joe@",
        "mail.example.com    > mail.example.com example.com com",
        "unknown             > unknown",
      })
  void triesAnAccessTableAsPostfixDoes(String key, String keys) {
    SearchPlan plan = SearchPlan.builder(ACCESS).recipientDelimiter("+").build();

    assertThat(plan.keys(key)).containsExactly(words(keys));
  }

  @Test
  void triesNetworksInAnAccessTableTooForClientsHaveNamesAndAddresses() {
    SearchPlan plan = SearchPlan.builder(ACCESS).build();

    assertThat(plan.keys("10.1.2.3"))
        .isEqualTo(SearchPlan.builder(NETWORK).build().keys("10.1.2.3"))
        .contains("10.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "a.example.com  > a.example.com example.com com     > a.example.com .example.com .com",
        "com            > com                               > com",
        "10.1.2.3       > 10.1.2.3                          > 10.1.2.3",
        "2001:db8::1    > 2001:db8::1                       > 2001:db8::1",
        "example.com.   > example.com. com.                 > example.com. .com. .",
        ".example.com   > .example.com com                  > .example.com .com",
        "a..b           > a..b .b                           > a..b ..b .b",
      })
  void triesTheParentsOfADomainInEitherStyle(String key, String bare, String dotted) {
    SearchPlan.Builder builder = SearchPlan.builder(DOMAIN);

    assertThat(builder.build().keys(key)).containsExactly(words(bare));
    assertThat(builder.parentStyle(ParentStyle.DOTTED).build().keys(key))
        .containsExactly(words(dotted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "joe+x@a.b.com > joe+x@a.b.com joe@a.b.com a.b.com .b.com .com *",
        "joe@localhost > joe@localhost localhost *",
        "*             > *",
      })
  void triesATransportAsPostfixDoes(String key, String keys) {
    SearchPlan plan = SearchPlan.builder(TRANSPORT).recipientDelimiter("+").build();

    assertThat(plan.keys(key)).containsExactly(words(keys));
  }

  @Test
  void triesEveryNetworkAroundAnIpv4AddressTheSmallestFirst() {
    List<String> keys = SearchPlan.builder(NETWORK).build().keys("10.129.2.3");

    assertThat(keys).hasSize(4 + 33).startsWith("10.129.2.3", "10.129.2.3/32", "10.129.2.2/31");
    assertThat(keys)
        .containsSubsequence(
            "10.129.2.0/25",
            "10.129.2",
            "10.129.2.0/24",
            "10.129.2.0/23",
            "10.129.0.0/17",
            "10.129",
            "10.129.0.0/16",
            "10.128.0.0/15",
            "10",
            "10.0.0.0/8",
            "10.0.0.0/7",
            "8.0.0.0/6",
            "0.0.0.0/0");
  }

  @Test
  void triesEveryNetworkAroundAnIpv6AddressTheSmallestFirst() {
    List<String> keys = SearchPlan.builder(NETWORK).build().keys("2001:DB8::1:0:5");

    assertThat(keys)
        .startsWith("2001:DB8::1:0:5", "2001:db8::1:0:5", "2001:db8::1:0:5/128")
        .containsSubsequence(
            "2001:db8::1:0:4/127",
            "2001:db8::1:0",
            "2001:db8::1:0:0/112",
            "2001:db8::1",
            "2001:db8::1:0:0/96",
            "2001:db8:",
            "2001:db8::/80",
            "2001:db8::/64",
            "2001:db8",
            "2001:db8::/32",
            "2001",
            "2001::/16",
            "2000::/3",
            "::/0")
        .doesNotHaveDuplicates();
    assertThat(SearchPlan.builder(NETWORK).build().keys("::1"))
        .startsWith("::1", "::1/128", "::/127")
        .containsSubsequence(":", "::/112", "::/0")
        .doesNotContain("");
  }

  @Test
  void takesAMappedAddressForTheIpv4AddressThatItIs() {
    assertThat(SearchPlan.builder(NETWORK).build().keys("::ffff:10.1.2.3"))
        .startsWith("::ffff:10.1.2.3", "10.1.2.3", "10.1.2.3/32")
        .contains("10.0.0.0/8")
        .doesNotContain("::/0");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2",
    "10.1.2.256",
    "010.1.2.3",
    "1.2.3.4.5",
    "mail.example.com",
    "2001:db8",
    ":::1",
    ".:1",
    "1.2.3.4:25",
    "fe80::1%eth0",
    "dead.beef",
    "127.1",
    "'10.1.2.3 '"
  })
  void looksUpWhatIsNoAddressAsItIs(String key) {
    assertThat(SearchPlan.builder(NETWORK).build().keys(key)).containsExactly(key);
  }

  @ParameterizedTest
  @EnumSource
  void triesTheNullSenderAndTheEmptyKeyAlone(SearchKind kind) {
    SearchPlan plan = SearchPlan.builder(kind).bothIdnForms(true).build();

    assertThat(plan.keys("")).containsExactly("");
    assertThat(plan.keys("<>")).containsExactly("<>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "joe@bücher.example        > joe@bücher.example joe@xn--bcher-kva.example",
        "joe@xn--bcher-kva.example > joe@xn--bcher-kva.example joe@bücher.example",
        "BÜCHER.example            > BÜCHER.example xn--bcher-kva.example",
        "joe@straße.example        > joe@straße.example",
        "joe@xn--strae-oqa.example > joe@xn--strae-oqa.example",
        "joe@EXAMPLE.com           > joe@EXAMPLE.com",
        "bücher@example.com        > bücher@example.com",
        "joe@ü..x                  > joe@ü..x",
      })
  void triesBothFormsOfAnInternationalisedDomainTheOneSentFirst(String key, String keys) {
    SearchPlan plan = SearchPlan.builder(EXACT).bothIdnForms(true).build();

    assertThat(plan.keys(key)).containsExactly(words(keys));
  }

  @Test
  void triesBothFormsOfEachKeyBeforeALessSpecificOne() {
    SearchPlan plan =
        SearchPlan.builder(ADDRESS).recipientDelimiter("+").bothIdnForms(true).build();

    assertThat(plan.keys("a+b@ü.example"))
        .containsExactly(
            "a+b@ü.example",
            "a+b@xn--tda.example",
            "a@ü.example",
            "a@xn--tda.example",
            "@ü.example",
            "@xn--tda.example");
  }

  private static String[] words(String text) {
    return text.replace('~', '"').split(" ");
  }
}
