package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/**
 * The TLS of pgjdbc, with sockets that leave the settings of a session to the server. What is
 * verified, and how, is the driver's own.
 */
public final class PostgresTlsFactory {
  private PostgresTlsFactory() {}

  private static Socket layered(Socket socket) {
    return new PostgresTlsSocket((SSLSocket) socket);
  }

  /** With the certificates that the driver's settings name. */
  public static final class OfSettings extends LibPQFactory {
    /**
     * Makes the factory, for the driver.
     *
     * @param settings the driver's
     * @throws PSQLException if a file that they name cannot be used
     */
    public OfSettings(Properties settings) throws PSQLException {
      super(settings);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return layered(super.createSocket(socket, host, port, autoClose));
    }
  }

  /** With the certificates that the Java runtime trusts. */
  public static final class OfRuntime extends DefaultJavaSSLFactory {
    /**
     * Makes the factory, for the driver.
     *
     * @param settings the driver's
     */
    public OfRuntime(Properties settings) {
      super(settings);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return layered(super.createSocket(socket, host, port, autoClose));
    }
  }
}
