package org.sockmapd.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.sockmapd.protocol.Endpoint;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LatencyPlotTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  @Test
  void labelsItsAxesWithUnits() throws Exception {
    assertThat(texts(plot("m", of(0, 10, 1)))).contains("time (s)", "latency (ms)", "p50", "p99");
  }

  @Test
  void isWellFormedWhateverTheMapIsCalled() throws Exception {
    assertThat(texts(plot("<a&b>\u0001", of(0, 10, 1))))
        .contains("Latency of <a&b>? on inet:127.0.0.1:2224");
  }

  @Test
  void breaksTheLineWhereNoReplyCame() throws Exception {
    Document svg = plot("m", of(0, 10, 1), of(1, 0, 0), of(2, 10, 1), of(3, 10, 1));
    assertThat(path(svg)).matches("M[\\d.]+ [\\d.]+h0M[\\d.]+ [\\d.]+h0L[\\d.]+ [\\d.]+");
  }

  @Test
  void drawsNoLineWithoutReplies() throws Exception {
    assertThat(path(plot("m"))).isEmpty();
  }

  @Test
  void scalesLatencyByItsLogarithm() {
    Axis axis = Axis.logarithmic(0.13, 740, 0, 100);
    assertThat(axis.low()).isEqualTo(0.1);
    assertThat(axis.high()).isCloseTo(1000, offset(0.001));
    assertThat(axis.at(10)).isCloseTo(50, offset(0.001));
    assertThat(labels(axis)).containsExactly("0.1", "1", "10", "100", "1000");
    assertThat(labels(Axis.logarithmic(0.13, 7, 0, 100)))
        .containsExactly("0.1", "0.2", "0.5", "1", "2", "5", "10");
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Axis::label).toList();
  }

  private static Interval of(int second, long count, long millis) {
    return new Interval(
        second * SECOND,
        (second + 1) * SECOND,
        count,
        millis * MILLI,
        2 * millis * MILLI,
        40 * millis * MILLI);
  }

  private static Document plot(String mapName, Interval... intervals) throws Exception {
    Duration some = Duration.ofSeconds(1);
    BenchSettings settings =
        new BenchSettings(
            Endpoint.parse("inet:127.0.0.1:2224"),
            mapName,
            1,
            1,
            OptionalInt.empty(),
            some,
            some,
            some,
            some,
            1);
    BenchResult result =
        new BenchResult(
            some,
            new Counts(0, 0, 0, 0, 0, 0, 0, 0),
            new Histogram(3),
            List.of(intervals),
            List.of(),
            List.of());
    byte[] svg = new LatencyPlot(settings, result).svg().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static String path(Document svg) {
    return ((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d");
  }
}
