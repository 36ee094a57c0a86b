package org.sockmapd.bench;

/**
 * A reply that is not the expected one.
 *
 * @param key what was asked
 * @param expected what should have come
 * @param got what came
 */
record WrongReply(String key, String expected, String got) {}
