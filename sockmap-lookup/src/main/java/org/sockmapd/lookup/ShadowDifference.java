package org.sockmapd.lookup;

/**
 * A key that two maps answer differently.
 *
 * @param shadow the map that is asked beside the one that answers
 * @param key the key that was looked up
 * @param answer what the map that answers says of it
 * @param other what the map beside it says of it
 * @param differing how many keys were answered differently so far, with this one
 * @param compared how many keys were compared so far, with this one
 */
public record ShadowDifference(
    String shadow,
    String key,
    LookupResult answer,
    LookupResult other,
    long differing,
    long compared) {}
