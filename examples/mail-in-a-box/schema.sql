-- What Postfix reads of Mail-in-a-Box's users.sqlite, with rows to try.

CREATE TABLE users (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE
);
-- destination and permitted_senders hold addresses with commas between them.
CREATE TABLE aliases (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  source            TEXT NOT NULL UNIQUE,
  destination       TEXT NOT NULL,
  permitted_senders TEXT
);
-- Those that the box makes itself.
CREATE TABLE auto_aliases (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  source      TEXT NOT NULL UNIQUE,
  destination TEXT NOT NULL
);

INSERT INTO users (email) VALUES
  ('alice@example.com'),
  ('bob@example.com');
INSERT INTO aliases (source, destination, permitted_senders) VALUES
  ('sales@example.com', 'alice@example.com,bob@example.com', NULL),
  ('boss@example.com',  'alice@example.com',                 'bob@example.com'),
  ('robot@example.com', '',                                  'bob@example.com'),
  ('@example.org',      '@example.com',                      NULL),
  ('@example.net',      'bob@example.com',                   NULL);
INSERT INTO auto_aliases (source, destination) VALUES
  ('postmaster@example.com', 'alice@example.com'),
  ('abuse@example.edu',      'alice@example.com');
