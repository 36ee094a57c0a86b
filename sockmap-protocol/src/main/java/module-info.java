/** The socketmap protocol: netstrings, requests, replies and a client, on the JDK alone. */
module org.sockmapd.protocol {
  requires static transitive org.jspecify;

  exports org.sockmapd.protocol;
}
