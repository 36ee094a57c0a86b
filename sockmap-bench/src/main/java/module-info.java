/**
 * A load generator for socketmap servers, any: throughput, latency, and whether answers are right.
 */
// HdrHistogram has no descriptor, and the name of its file.
@SuppressWarnings("requires-automatic")
module org.sockmapd.bench {
  requires static org.jspecify;
  requires transitive org.sockmapd.protocol;
  requires HdrHistogram;
  requires com.google.gson;

  exports org.sockmapd.bench;
}
