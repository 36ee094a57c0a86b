-- Clients of a mail server by network, for PostgreSQL, with rows to try.

CREATE TABLE client_access (
  network cidr PRIMARY KEY,
  action  text NOT NULL,
  reason  text
);
-- The primary key keeps networks apart; this index finds those around an address.
CREATE INDEX client_access_by_address ON client_access USING gist (network inet_ops);

CREATE TABLE name_access (
  name   text PRIMARY KEY,
  action text NOT NULL
);

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
