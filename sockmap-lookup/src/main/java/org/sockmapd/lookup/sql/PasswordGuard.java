package org.sockmapd.lookup.sql;

import java.sql.SQLException;

/**
 * Keeps a password from whoever answers in a server's place. A server may ask for it in clear, or
 * offer a key of its own to encrypt it with. That is refused on a connection that may turn out
 * unencrypted ({@code tls} is {@code disable} or {@code prefer}) and leaves this machine, unless
 * the administrator allows it by name. Logins that prove the password without telling it (SCRAM,
 * challenges) are not affected.
 */
final class PasswordGuard {
  private static final String REMEDY =
      "the server may have asked for the password in a form that others can read, which is refused:"
          + " use \"tls\": \"require\" or better, or \"allow_cleartext_password\": true;"
          + " the driver says: ";

  private PasswordGuard() {}

  /** Returns whether a server at an address must not be told the password. */
  static boolean guards(DatabaseSettings settings, NodeAddress address) {
    return switch (settings.tls().mode()) {
      case DISABLE, PREFER -> !settings.allowsCleartextPassword() && !address.isLoopback();
      case REQUIRE, VERIFY_CA, VERIFY_FULL -> false;
    };
  }

  /** Adds the remedy to a login that failed other than by the network or a wrong password. */
  static SQLException explained(SQLException failure) {
    String words = FailureReason.of(failure).words();
    boolean login = words.equals(FailureReason.NO_CONNECTION) || words.equals(FailureReason.OTHER);
    return login ? withRemedy(REMEDY, failure) : failure;
  }

  /** Puts the remedy before what a driver says; the failure itself is not the cause, but kept. */
  static SQLException withRemedy(String remedy, SQLException failure) {
    SQLException explained =
        new SQLException(
            remedy + failure.getMessage(), failure.getSQLState(), failure.getErrorCode());
    explained.addSuppressed(failure);
    return explained;
  }
}
