-- Clients of a mail server by network, for SQLite, with rows to try. Networks are text in the form that
-- PostgreSQL would give them: no bits set after the prefix, IPv6 in lower case and as short as can be.

CREATE TABLE client_access (
  network TEXT PRIMARY KEY,
  action  TEXT NOT NULL,
  reason  TEXT
) WITHOUT ROWID;

CREATE TABLE name_access (
  name   TEXT PRIMARY KEY,
  action TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO client_access (network, action, reason) VALUES
  ('192.0.2.0/24',      'REJECT', 'listed for spam'),
  ('192.0.2.128/25',    'OK',     NULL),
  ('192.0.2.200/32',    'REJECT', 'this one again'),
  ('198.51.100.0/24',   'OK',     NULL),
  ('2001:db8::/32',     'REJECT', 'listed for spam'),
  ('2001:db8:1::/48',   'OK',     NULL),
  ('2001:db8:1::5/128', 'REJECT', 'this one again');

INSERT INTO name_access (name, action) VALUES
  ('dialup.example',      'REJECT dial-up lines send by their provider'),
  ('mail.dialup.example', 'OK');
