package org.sockmapd.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One SMTP connection, a command and its reply at a time. */
public final class SmtpSession implements AutoCloseable {

  private static final int READ_MILLIS = 150_000;

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;
  private final Reply greeting;

  /** A reply; the lines of a long one are joined with newlines. */
  public record Reply(int code, String text) {}

  private SmtpSession(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
    greeting = reply();
  }

  static SmtpSession open(int port) throws IOException {
    return new SmtpSession(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public Reply greeting() {
    return greeting;
  }

  /** Sends one line, in UTF-8, and reads the reply to it. */
  public Reply send(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return reply();
  }

  /**
   * Begins a new transaction with this sender and asks for one recipient; the reply is the
   * recipient's.
   */
  public Reply recipient(String sender, String recipient) throws IOException {
    send("RSET");
    Reply mail = send("MAIL FROM:<" + sender + ">");
    return mail.code() == 250 ? send("RCPT TO:<" + recipient + ">") : mail;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Reply reply() throws IOException {
    StringBuilder text = new StringBuilder();
    String line = line();
    while (line.startsWith("-", 3)) {
      text.append(line.substring(4)).append('\n');
      line = line();
    }
    text.append(line.substring(Math.min(4, line.length())));
    return new Reply(Integer.parseInt(line.substring(0, 3)), text.toString());
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the server closed the connection");
    }
    return line;
  }
}
