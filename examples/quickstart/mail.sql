-- Sample mail data. mail.db is made from this file: sqlite3 mail.db < mail.sql
PRAGMA page_size = 1024;

-- Who has a mailbox here.
CREATE TABLE mailbox (
  address TEXT PRIMARY KEY,
  status  TEXT NOT NULL DEFAULT 'OK'
) WITHOUT ROWID;
INSERT INTO mailbox (address) VALUES
  ('alice@example.com'),
  ('bob@example.com'),
  ('postmaster@example.com'),
  ('carol@example.org');

-- Whose mail goes elsewhere; @domain catches all that has no entry of its own.
CREATE TABLE alias (
  address     TEXT NOT NULL,
  destination TEXT NOT NULL,
  PRIMARY KEY (address, destination)
) WITHOUT ROWID;
INSERT INTO alias (address, destination) VALUES
  ('info@example.com', 'alice@example.com'),
  ('sales@example.com', 'alice@example.com'),
  ('sales@example.com', 'bob@example.com'),
  ('@example.org', 'carol@example.org');

-- Which senders are treated otherwise than the rest.
CREATE TABLE access (
  sender TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  reason TEXT
) WITHOUT ROWID;
INSERT INTO access (sender, status, reason) VALUES
  ('spammer@example.net', 'REJECT', 'no thanks'),
  ('example.invalid', '550', 'this domain does not exist'),
  ('friend@example.net', 'OK', NULL);

-- Which domains mail is taken for, and where it goes then.
CREATE TABLE domain (
  name    TEXT PRIMARY KEY,
  nexthop TEXT
) WITHOUT ROWID;
INSERT INTO domain (name, nexthop) VALUES
  ('example.com', 'smtp:[mailstore.example.com]'),
  ('example.org', NULL);
