package org.sockmapd.lookup.cache;

/**
 * What a cache has done since it was made.
 *
 * @param hits lookups answered from memory within the lifetime of the answer
 * @param misses lookups that had to wait for the database, also for a query of somebody else
 * @param stale lookups answered from memory past the lifetime, because the database was failing
 * @param refreshes queries made ahead of expiry, or to find out whether the database is back
 * @param entries how many answers are in memory now
 */
public record CacheStatistics(long hits, long misses, long stale, long refreshes, long entries) {}
