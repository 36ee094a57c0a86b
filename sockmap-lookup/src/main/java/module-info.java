/** Lookup tables of a mail system, answered from SQL databases and small tables of its own. */
// Connector/J and pgjdbc have names as modules, but no descriptors.
@SuppressWarnings({"requires-automatic", "module"})
module org.sockmapd.lookup {
  requires static transitive org.jspecify;
  requires transitive java.sql;
  requires com.github.benmanes.caffeine;
  requires org.jooq;
  requires org.xerial.sqlitejdbc;
  requires static mysql.connector.j;
  requires static org.checkerframework.checker.qual;
  requires static org.mariadb.jdbc;
  requires static org.postgresql.jdbc;

  exports org.sockmapd.lookup;
  exports org.sockmapd.lookup.cache;
  exports org.sockmapd.lookup.search;
  exports org.sockmapd.lookup.sockets to
      mysql.connector.j,
      org.mariadb.jdbc,
      org.postgresql.jdbc,
      org.sockmapd.server;
  exports org.sockmapd.lookup.spi;
  exports org.sockmapd.lookup.sql;
  exports org.sockmapd.lookup.tables;
  exports org.sockmapd.lookup.template;

  uses org.sockmapd.lookup.spi.LookupTableProvider;

  provides org.mariadb.jdbc.plugin.Codec with
      org.sockmapd.lookup.sql.mariadb.LiteralValueCodec,
      org.sockmapd.lookup.sql.mariadb.WrittenValueCodec;
  provides org.mariadb.jdbc.plugin.TlsSocketPlugin with
      org.sockmapd.lookup.sql.mariadb.StrictTlsSocketPlugin;
  provides org.sockmapd.lookup.spi.LookupTableProvider with
      org.sockmapd.lookup.sql.SqlTableProvider,
      org.sockmapd.lookup.tables.FailTableProvider,
      org.sockmapd.lookup.tables.InlineTableProvider,
      org.sockmapd.lookup.tables.MapsTableProvider,
      org.sockmapd.lookup.tables.PipeTableProvider,
      org.sockmapd.lookup.tables.StaticTableProvider,
      org.sockmapd.lookup.tables.UnionTableProvider;
}
