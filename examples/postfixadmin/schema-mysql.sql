-- What Postfix reads of a PostfixAdmin database, for MySQL and MariaDB, with rows to try.

CREATE TABLE domain (
  domain    VARCHAR(255) NOT NULL PRIMARY KEY,
  transport VARCHAR(255) NOT NULL DEFAULT 'lmtp:unix:private/dovecot-lmtp',
  backupmx  TINYINT(1)   NOT NULL DEFAULT 0,
  active    TINYINT(1)   NOT NULL DEFAULT 1
);
CREATE TABLE alias_domain (
  alias_domain  VARCHAR(255) NOT NULL PRIMARY KEY,
  target_domain VARCHAR(255) NOT NULL,
  active        TINYINT(1)   NOT NULL DEFAULT 1
);
CREATE TABLE mailbox (
  username VARCHAR(255) NOT NULL PRIMARY KEY,
  maildir  VARCHAR(255) NOT NULL,
  active   TINYINT(1)   NOT NULL DEFAULT 1
);
CREATE TABLE alias (
  address VARCHAR(255) NOT NULL PRIMARY KEY,
  goto    TEXT         NOT NULL,
  active  TINYINT(1)   NOT NULL DEFAULT 1
);

-- Mail for example.org is mail for example.com; backup.example is kept for another server.
INSERT INTO domain (domain, transport, backupmx, active) VALUES
  ('example.com',    'lmtp:unix:private/dovecot-lmtp', '0', '1'),
  ('example.net',    'lmtp:unix:private/dovecot-lmtp', '0', '1'),
  ('backup.example', 'smtp:[mail.backup.example]',     '1', '1'),
  ('closed.example', 'lmtp:unix:private/dovecot-lmtp', '0', '0');
INSERT INTO alias_domain (alias_domain, target_domain, active) VALUES
  ('example.org',     'example.com', '1'),
  ('example.invalid', 'example.com', '0');
INSERT INTO mailbox (username, maildir, active) VALUES
  ('alice@example.com', 'example.com/alice/', '1'),
  ('bob@example.com',   'example.com/bob/',   '1'),
  ('carol@example.net', 'example.net/carol/', '1'),
  ('gone@example.com',  'example.com/gone/',  '0');

-- PostfixAdmin gives each mailbox an alias to itself, so that no catch-all takes its mail.
INSERT INTO alias (address, goto, active) VALUES
  ('alice@example.com',      'alice@example.com',                 '1'),
  ('bob@example.com',        'bob@example.com',                   '1'),
  ('carol@example.net',      'carol@example.net',                 '1'),
  ('sales@example.com',      'alice@example.com,bob@example.com', '1'),
  ('old@example.com',        'alice@example.com',                 '0'),
  ('@example.com',           'bob@example.com',                   '1'),
  ('postmaster@example.net', 'carol@example.net',                 '1');
