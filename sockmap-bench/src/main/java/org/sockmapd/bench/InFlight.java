package org.sockmapd.bench;

/** The requests of a connection that have no reply yet, oldest first. For use by one at a time. */
final class InFlight {
  private final int[] keys;
  private final long[] dues;
  private final long[] sents;
  private int oldest;
  private int count;

  InFlight(int capacity) {
    keys = new int[capacity];
    dues = new long[capacity];
    sents = new long[capacity];
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == keys.length;
  }

  int count() {
    return count;
  }

  void add(int key, long due, long sent) {
    int at = (oldest + count) % keys.length;
    keys[at] = key;
    dues[at] = due;
    sents[at] = sent;
    count++;
  }

  int oldestKey() {
    return keys[oldest];
  }

  long oldestDue() {
    return dues[oldest];
  }

  long oldestSent() {
    return sents[oldest];
  }

  void removeOldest() {
    oldest = (oldest + 1) % keys.length;
    count--;
  }
}
