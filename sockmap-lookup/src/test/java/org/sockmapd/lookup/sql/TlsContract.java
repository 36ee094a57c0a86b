package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.lookup.sql.TlsServers.verifying;
import static org.sockmapd.lookup.sql.TlsServers.withCertificate;
import static org.sockmapd.testing.DatabaseServer.CERTIFICATE_ONLY_USER;
import static org.sockmapd.testing.DatabaseServer.TLS_ONLY_USER;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;

/** What TLS must give on every kind of server. */
interface TlsContract {
  Found ONE = new Found("1");
  TemporaryFailure REFUSED = new TemporaryFailure("database unavailable");

  TlsServers servers();

  @Test
  default void reachesAServerWhoseCertificateTheCaVouchesFor() {
    Path authority = servers().files.authority();
    assertThat(servers().ask(verifying(TlsMode.VERIFY_FULL, authority), TLS_ONLY_USER))
        .isEqualTo(ONE);
    assertThat(servers().ask(verifying(TlsMode.VERIFY_CA, authority), TLS_ONLY_USER))
        .isEqualTo(ONE);
  }

  @Test
  default void refusesAServerThatAnotherCaVouchesFor() {
    Path authority = servers().foreignAuthority;
    assertThat(servers().ask(verifying(TlsMode.VERIFY_FULL, authority), TLS_ONLY_USER))
        .isEqualTo(REFUSED);
    assertThat(servers().ask(verifying(TlsMode.VERIFY_CA, authority), TLS_ONLY_USER))
        .isEqualTo(REFUSED);
  }

  @Test
  default void refusesAServerThatNoCaOfTheRuntimeVouchesFor() {
    assertThat(servers().ask(TlsSettings.of(TlsMode.VERIFY_FULL), TLS_ONLY_USER))
        .isEqualTo(REFUSED);
  }

  @Test
  default void refusesACertificateForAnotherHostOnlyWhenTheHostMatters() {
    assertThat(servers().askElsewhere(TlsMode.VERIFY_FULL)).isEqualTo(REFUSED);
    assertThat(servers().askElsewhere(TlsMode.VERIFY_CA)).isEqualTo(ONE);
  }

  @Test
  default void comparesACertificateWithTheNameWhateverAddressesThatHas() {
    assertThat(servers().askByName("elsewhere.test")).isEqualTo(ONE);
    assertThat(servers().askByName("other.test")).isEqualTo(REFUSED);
  }

  @Test
  default void takesAnyCertificateWhenNobodyIsToVouch() {
    assertThat(servers().ask(TlsSettings.of(TlsMode.REQUIRE), TLS_ONLY_USER)).isEqualTo(ONE);
    assertThat(servers().ask(TlsSettings.PREFER, TLS_ONLY_USER)).isEqualTo(ONE);
  }

  @Test
  default void doesWithoutTlsWhenToldTo() {
    assertThat(servers().ask(TlsSettings.of(TlsMode.DISABLE), TLS_ONLY_USER)).isEqualTo(REFUSED);
  }

  @Test
  default void showsItsOwnCertificate() {
    assertThat(servers().ask(withCertificate(servers().files), CERTIFICATE_ONLY_USER))
        .isEqualTo(ONE);
    Path authority = servers().files.authority();
    assertThat(servers().ask(verifying(TlsMode.VERIFY_FULL, authority), CERTIFICATE_ONLY_USER))
        .isEqualTo(REFUSED);
  }

  @Test
  default void showsItsOwnCertificateWithAnEllipticKey() {
    TlsSettings tls = withCertificate(servers().files.withEllipticClient());
    assertThat(servers().ask(tls, CERTIFICATE_ONLY_USER)).isEqualTo(ONE);
  }

  @Test
  default void aCaFileThatIsMissingIsATemporaryFailure() {
    Path missing = Path.of("no-such-ca.pem");
    assertThat(servers().ask(verifying(TlsMode.VERIFY_CA, missing), TLS_ONLY_USER))
        .isEqualTo(REFUSED);
  }
}
