package org.sockmapd.lookup.sql;

import org.sockmapd.lookup.template.ResultFormat;

/**
 * How the keys of a map are taken, and what becomes of their values.
 *
 * @param mapName the map, for its events
 * @param format what becomes of each value
 * @param expansionLimit how many values an answer may have; 0 for any number
 * @param networks whether several keys are an address and the networks around it
 */
record KeySettings(String mapName, ResultFormat format, int expansionLimit, boolean networks) {}
