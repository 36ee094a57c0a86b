package org.sockmapd.lookup.search;

/**
 * A key to try.
 *
 * @param key the key
 * @param extension what had to be dropped from the address that was asked for, with its delimiter
 * @param ifLocal whether the key only counts when the domain that was dropped is a local one
 */
record Candidate(String key, String extension, boolean ifLocal) {}
