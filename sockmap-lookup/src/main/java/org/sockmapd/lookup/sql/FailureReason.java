package org.sockmapd.lookup.sql;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.sockets.UnixSocketException;

/**
 * Why a database was not asked, in words that are the same for every driver, for those who must put
 * it right. It is told by the classes of what was thrown, SQLSTATE and error code, never by a text.
 *
 * @param words what is wrong, such as {@code connection refused}
 * @param detail what the server or the system said of it, on one line; empty where it says nothing
 *     more. It may quote data, and belongs in a log, not on the wire
 * @param mayPass whether the same attempt may do later, so that the configuration need not be wrong
 */
public record FailureReason(String words, String detail, boolean mayPass) {
  private static final int MAX_CAUSES = 20;
  private static final int MAX_DETAIL = 300;
  private static final String REFUSED_LOGIN = "login refused";
  private static final String NO_DATABASE = "no such database";
  private static final String NO_TABLE = "no such table";
  private static final String NO_COLUMN = "no such column";
  private static final String NO_RIGHT = "the account may not do this";
  private static final String TOO_MANY = "too many connections";
  private static final String NOT_SERVING = "the server is starting, stopping or not to be asked";
  private static final String TOOK_TOO_LONG = "the statement took too long";

  private static final String REFUSED_BY_POOLER = "refused by a pooler";

  /** What has no words of its own. */
  static final String OTHER = "failed";

  /** A driver's word for a login that failed otherwise than by the network or the password. */
  static final String NO_CONNECTION = "no connection";

  private static final String NO_ANSWER = "no answer in time";
  private static final String NONE_FREE = "no connection became free in time";

  /** Of MySQL and MariaDB. */
  private static final Map<Integer, String> BY_CODE =
      Map.ofEntries(
          Map.entry(1045, REFUSED_LOGIN),
          Map.entry(1698, REFUSED_LOGIN),
          Map.entry(1251, REFUSED_LOGIN),
          Map.entry(1524, REFUSED_LOGIN),
          Map.entry(1130, "the server admits no login from this host"),
          Map.entry(1129, "the server has blocked this host after many errors"),
          Map.entry(1820, "the password has expired"),
          Map.entry(1862, "the password has expired"),
          Map.entry(1044, "the account may not use this database"),
          Map.entry(1049, NO_DATABASE),
          Map.entry(1146, NO_TABLE),
          Map.entry(1054, NO_COLUMN),
          Map.entry(1142, NO_RIGHT),
          Map.entry(1143, NO_RIGHT),
          Map.entry(1370, NO_RIGHT),
          Map.entry(1064, "the query is not valid SQL"),
          Map.entry(1040, TOO_MANY),
          Map.entry(1203, TOO_MANY),
          Map.entry(1226, TOO_MANY),
          Map.entry(1047, "the node is not part of its cluster's quorum"),
          Map.entry(1053, NOT_SERVING),
          Map.entry(3024, TOOK_TOO_LONG),
          Map.entry(1969, TOOK_TOO_LONG));

  private static final Map<String, String> BY_STATE =
      Map.ofEntries(
          Map.entry("28P01", REFUSED_LOGIN),
          Map.entry("28000", REFUSED_LOGIN),
          Map.entry("3D000", NO_DATABASE),
          Map.entry("42P01", NO_TABLE),
          Map.entry("42703", NO_COLUMN),
          Map.entry("42501", NO_RIGHT),
          Map.entry("42601", "the query is not valid SQL"),
          Map.entry("42883", "no such function or operator for these types"),
          Map.entry("53300", TOO_MANY),
          Map.entry("57P01", NOT_SERVING),
          Map.entry("57P02", NOT_SERVING),
          Map.entry("57P03", NOT_SERVING),
          Map.entry("57014", TOOK_TOO_LONG),
          Map.entry("08P01", REFUSED_BY_POOLER),
          Map.entry("08000", NO_CONNECTION),
          Map.entry("08001", NO_CONNECTION),
          Map.entry("08003", NO_CONNECTION),
          Map.entry("08004", NO_CONNECTION),
          Map.entry("08006", NO_CONNECTION),
          Map.entry("08S01", NO_CONNECTION));

  /** Of SQLite. */
  private static final Map<Integer, String> BY_PRIMARY_CODE =
      Map.of(
          1, "the statement is refused",
          5, "the file is locked",
          10, "the file cannot be read",
          11, "the file is damaged",
          14, "the file cannot be opened",
          26, "the file is not a SQLite database");

  private static final Set<String> MAY_PASS =
      Set.of(
          TOO_MANY,
          NOT_SERVING,
          TOOK_TOO_LONG,
          REFUSED_BY_POOLER,
          NO_CONNECTION,
          NO_ANSWER,
          NONE_FREE,
          "the file is locked",
          "the node is not part of its cluster's quorum");

  /**
   * Finds the reason of a failure.
   *
   * @param failure what a driver or the pool threw
   * @return the reason of what it was thrown for in the end
   */
  public static FailureReason of(Throwable failure) {
    List<Throwable> chain = chain(failure);
    for (Throwable each : chain.reversed()) {
      FailureReason reason = ofNetwork(each, chain.getLast());
      if (reason != null) {
        return reason;
      }
    }
    for (Throwable each : chain.reversed()) {
      String words = each instanceof SQLException sql ? said(sql) : null;
      if (words != null) {
        return new FailureReason(words, detail(each), MAY_PASS.contains(words));
      }
    }
    Throwable last = chain.getLast();
    return new FailureReason(OTHER, detail(last), !(last instanceof SQLException));
  }

  /**
   * Finds the reason of a failure, if a database or the way to it had a part in it.
   *
   * @param failure what was thrown
   * @return the reason; empty for what a program throws by a defect
   */
  public static Optional<FailureReason> ofDatabase(Throwable failure) {
    return failure instanceof SQLException ? Optional.of(of(failure)) : Optional.empty();
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    @Nullable Throwable next = failure;
    while (next != null && chain.size() < MAX_CAUSES) {
      chain.add(next);
      next = next.getCause();
    }
    return chain;
  }

  private static @Nullable FailureReason ofNetwork(Throwable failure, Throwable root) {
    return switch (failure) {
      case UnknownHostException unknown -> passing("unknown host name", "");
      case UnresolvedAddressException unknown -> passing("unknown host name", "");
      case UnixSocketException none -> passing(words(none.reason()), detail(none));
      case ConnectException none -> passing("cannot connect", detail(none));
      case NoRouteToHostException none -> passing("no route to the host", "");
      case SocketTimeoutException late -> passing(NO_ANSWER, "");
      case CertificateException refused ->
          lasting("the server's certificate is not accepted", root);
      case SSLException tls -> lasting("TLS failed", tls);
      case EOFException end -> passing("the server closed the connection", "");
      case FileSystemException file -> lasting("a file cannot be used", file);
      case SocketException broken -> passing("the connection broke", detail(broken));
      case IOException broken when !(broken.getCause() instanceof IOException) ->
          passing("the connection broke", detail(broken));
      case SQLTimeoutException late when late.getCause() == null ->
          passing(NO_ANSWER, detail(late));
      default -> null;
    };
  }

  private static String words(UnixSocketException.Reason reason) {
    return switch (reason) {
      case ABSENT -> "no such UNIX socket";
      case FORBIDDEN -> "no permission to use the UNIX socket";
      case UNHEARD -> "nobody listens on the UNIX socket";
      case OTHER -> "cannot connect to the UNIX socket";
    };
  }

  private static FailureReason passing(String words, String detail) {
    return new FailureReason(words, detail, true);
  }

  private static FailureReason lasting(String words, Throwable failure) {
    return new FailureReason(words, detail(failure), false);
  }

  private static @Nullable String said(SQLException failure) {
    @Nullable String byCode = BY_CODE.get(failure.getErrorCode());
    if (byCode != null) {
      return byCode;
    }
    @Nullable String state = failure.getSQLState();
    if ("08001".equals(state) && failure.getCause() == null) {
      return NO_ANSWER; // What pgjdbc says of a login that takes too long.
    }
    if (state != null && BY_STATE.containsKey(state)) {
      return BY_STATE.get(state);
    }
    if (failure instanceof SQLTransientConnectionException) {
      return NONE_FREE;
    }
    boolean sqlite = state == null && failure.getErrorCode() > 0;
    return sqlite ? BY_PRIMARY_CODE.get(failure.getErrorCode() & 0xff) : null;
  }

  /**
   * Drivers put line breaks and names of classes into their texts, and servers whatever was in a
   * row.
   */
  private static String detail(Throwable failure) {
    @Nullable String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message;
    String line =
        text.replaceAll("(\\w+\\.)+\\w+(Exception|Error): ", "")
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    return line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL) + "...";
  }

  /** The words, with the detail in parentheses. */
  @Override
  public String toString() {
    return detail.isEmpty() ? words : words + " (" + detail + ")";
  }
}
