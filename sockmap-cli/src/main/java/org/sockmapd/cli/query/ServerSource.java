package org.sockmapd.cli.query;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapRequest;

/** A running server. */
final class ServerSource implements Source {
  private final Endpoint endpoint;
  private final SocketmapClient client;
  private final PrintWriter explanation;
  private final LongSupplier nanos;
  private final boolean explains;

  ServerSource(Endpoint endpoint, PrintWriter explanation, boolean explains, LongSupplier nanos) {
    this.endpoint = endpoint;
    this.client = SocketmapClient.builder(endpoint).build();
    this.explanation = explanation;
    this.explains = explains;
    this.nanos = nanos;
  }

  @Override
  public Answer ask(SocketmapRequest request) {
    long begin = nanos.getAsLong();
    Answer answer = exchange(request);
    if (explains) {
      Duration time = Duration.ofNanos(nanos.getAsLong() - begin);
      explanation.println("answered by " + endpoint + " in " + Explanation.millis(time));
    }
    return answer;
  }

  private Answer exchange(SocketmapRequest request) {
    try {
      return Answer.of(client.ask(request));
    } catch (IOException e) {
      return new Answer.TryAgain(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      explanation.println("closing the connection failed: " + e.getMessage());
    }
  }
}
