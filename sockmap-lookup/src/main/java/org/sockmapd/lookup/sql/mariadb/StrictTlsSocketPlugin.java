package org.sockmapd.lookup.sql.mariadb;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * TLS of MariaDB's driver for the modes that check certificates, without its exception for a server
 * whose certificate nobody vouches for but which knows the account's password: it would be told
 * enough to guess at the password first. For use by one thread, as the driver uses it.
 */
public final class StrictTlsSocketPlugin extends DefaultTlsSocketPlugin {
  /** What the driver's option {@code tlsSocketType} calls it. */
  public static final String TYPE = "sockmapd-strict";

  /** Makes the plugin, for the driver. */
  public StrictTlsSocketPlugin() {}

  @Override
  public String type() {
    return TYPE;
  }

  /**
   * Tells who may vouch for the server.
   *
   * @return those of the key store, without one those that the Java runtime trusts
   * @throws SQLException if the key store cannot be read
   */
  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory failures, HostAddress address)
      throws SQLException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted(configuration));
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new SQLException("TLS cannot be set up: " + e, "08001", e);
    }
  }

  private static @Nullable KeyStore trusted(Configuration configuration)
      throws GeneralSecurityException, IOException {
    if (configuration.trustStore() == null) {
      return null;
    }
    KeyStore store = KeyStore.getInstance(configuration.trustStoreType());
    try (InputStream in = URI.create(configuration.trustStore()).toURL().openStream()) {
      store.load(in, configuration.trustStorePassword().toCharArray());
    }
    return store;
  }
}
