/**
 * The socketmap protocol, on the JDK alone: how Postfix ({@code socketmap_table}(5)) and Sendmail
 * ask a server what a table holds for a key.
 *
 * <h2>On the wire</h2>
 *
 * <p>Each message is a netstring: the payload's length in ASCII digits, a colon, the payload, a
 * comma. A request names a map and a key; the first space ends the name. A reply begins with a
 * status word and a space.
 *
 * <pre>
 * C: 25:virtual alice@example.com,
 * S: 20:OK alice@example.org,
 * C: 23:virtual bob@example.com,
 * S: 9:NOTFOUND ,
 * C: 25:virtual carol@example.com,
 * S: 28:TEMP database is unreachable,
 * </pre>
 *
 * <p>A client may send further requests before it has its reply; replies come in the order of the
 * requests. Either side may close between two messages.
 *
 * <h2>A server</h2>
 *
 * <pre>{@code
 * SocketmapRequestReader reader = new SocketmapRequestReader(in, SocketmapLimits.postfix());
 * NetstringWriter writer = new NetstringWriter(out);
 * for (SocketmapRequest request = reader.read(); request != null; request = reader.read()) {
 *   SocketmapReply reply = answer(request);
 *   boolean fits = reply.problem(SocketmapLimits.postfix()).isEmpty();
 *   writer.write(fits ? reply : new Temp("the value found cannot be sent"));
 *   if (!reader.hasBuffered()) {
 *     writer.flush();
 *   }
 * }
 * }</pre>
 *
 * <p>A {@link org.sockmapd.protocol.NetstringException} from the reader is answered with one {@code
 * PERM}, and the connection closed; a {@link org.sockmapd.protocol.SocketmapSyntaxException} with
 * {@code PERM} only. A reply that the client would refuse or cut short has a {@link
 * org.sockmapd.protocol.SocketmapReply#problem}, and {@code TEMP} goes in its place.
 *
 * <h2>A client</h2>
 *
 * <pre>{@code
 * try (SocketmapClient client =
 *     SocketmapClient.builder(Endpoint.parse("inet:127.0.0.1:2224")).build()) {
 *   switch (client.ask(SocketmapRequest.of("virtual", "alice@example.com"))) {
 *     case Ok(String value) -> use(value);
 *     case NotFound() -> goOnWithout();
 *     case Temp(String reason) -> tryLater(reason);
 *     case Timeout(String reason) -> tryLater(reason);
 *     case Perm(String reason) -> giveUp(reason);
 *   }
 * }
 * }</pre>
 *
 * <h2>Limits</h2>
 *
 * <p>Lengths are refused digit by digit, before anything is allocated. Reader and writer begin with
 * one kibibyte each, grow as bytes arrive, and give the growth back. Decoding a request allocates
 * the request and its key; encoding a reply allocates nothing.
 *
 * <p>Nothing here logs, starts a thread (except to connect to a UNIX socket), or reads the system's
 * properties and environment.
 */
@NullMarked
package org.sockmapd.protocol;

import org.jspecify.annotations.NullMarked;
