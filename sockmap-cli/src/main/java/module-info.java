/** The command sockmapd. Exports nothing: what other programs embed are the modules it uses. */
// JNA has no descriptor, but a name as a module.
@SuppressWarnings("requires-automatic")
module org.sockmapd.cli {
  requires static org.jspecify;
  requires com.google.gson;
  requires com.sun.jna;
  requires info.picocli;
  requires org.sockmapd.bench;
  requires org.sockmapd.lookup;
  requires org.sockmapd.protocol;
  requires org.sockmapd.server;
  requires org.tinylog.api;
  requires org.tinylog.impl;
  requires org.xerial.sqlitejdbc;
  requires jdk.unsupported;

  opens org.sockmapd.cli to
      info.picocli;
  opens org.sockmapd.cli.log to
      org.tinylog.api;
}
