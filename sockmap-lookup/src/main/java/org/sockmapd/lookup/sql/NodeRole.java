package org.sockmapd.lookup.sql;

/** What a node says it is. */
enum NodeRole {
  UNKNOWN,
  PRIMARY,
  REPLICA
}
