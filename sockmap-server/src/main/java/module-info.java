/** A socketmap server that answers from lookup tables. */
module org.sockmapd.server {
  requires static transitive org.jspecify;
  requires transitive org.sockmapd.lookup;
  requires transitive org.sockmapd.protocol;
  requires jdk.net;

  exports org.sockmapd.server;
}
