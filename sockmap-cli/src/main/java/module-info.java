/** The command sockmapd. Exports nothing: what other programs embed are the modules it uses. */
// JNA and HdrHistogram have no descriptor: one has a name as a module, the other that of its file.
@SuppressWarnings("requires-automatic")
module org.sockmapd.cli {
  requires static org.jspecify;
  requires com.google.gson;
  requires com.sun.jna;
  requires info.picocli;
  requires org.sockmapd.lookup;
  requires org.sockmapd.protocol;
  requires org.sockmapd.server;
  requires org.tinylog.api;
  requires org.tinylog.impl;
  requires org.xerial.sqlitejdbc;
  requires HdrHistogram;
  requires jdk.unsupported;

  opens org.sockmapd.cli to
      info.picocli;
  opens org.sockmapd.cli.log to
      org.tinylog.api;
}
