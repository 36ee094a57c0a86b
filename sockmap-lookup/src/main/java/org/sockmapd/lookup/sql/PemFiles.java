package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes key stores of PEM files, for a driver that knows nothing else. */
final class PemFiles {
  /** The one that is read without a thousand rounds of a hash; it lives for one connection. */
  static final String STORE_TYPE = "JKS";

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemFiles() {}

  /** Writes a store of the certificates in a file. */
  static Path trustStore(Path caFile, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    int count = 0;
    for (Certificate certificate : certificates(caFile)) {
      store.setCertificateEntry("ca-" + count++, certificate);
    }
    return write(store, password);
  }

  /** Writes a store of a certificate, those that vouch for it, and its key. */
  static Path keyStore(Path certificateFile, Path keyFile, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    Certificate[] chain = certificates(certificateFile).toArray(Certificate[]::new);
    store.setKeyEntry("client", privateKey(keyFile), password.toCharArray(), chain);
    return write(store, password);
  }

  /** Names the kind of key that a certificate belongs to, as {@link KeyFactory} knows it. */
  static String keyAlgorithm(Path certificateFile) throws IOException, GeneralSecurityException {
    return certificates(certificateFile).iterator().next().getPublicKey().getAlgorithm();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("no certificate in " + file);
      }
      return certificates;
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(file));
    if (!pem.find()) {
      throw new GeneralSecurityException("no unencrypted PKCS #8 key in " + file);
    }
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    InvalidKeySpecException refused = new InvalidKeySpecException("unknown key in " + file);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (InvalidKeySpecException e) {
        refused.addSuppressed(e);
      }
    }
    throw refused;
  }

  private static Path write(KeyStore store, String password)
      throws IOException, GeneralSecurityException {
    // Readable by this account alone.
    Path file = Files.createTempFile("sockmapd-", ".jks");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }
}
