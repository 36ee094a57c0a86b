-- What Postfix reads of a DBMail database, for MySQL and MariaDB, with rows to try.

CREATE TABLE dbmail_users (
  user_idnr   BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  userid      VARCHAR(255) NOT NULL UNIQUE,
  client_idnr BIGINT       NOT NULL DEFAULT 0
);
CREATE TABLE dbmail_aliases (
  alias_idnr  BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  alias       VARCHAR(255) NOT NULL,
  deliver_to  VARCHAR(250) NOT NULL,
  client_idnr BIGINT       NOT NULL DEFAULT 0,
  INDEX (alias)
);

INSERT INTO dbmail_users (user_idnr, userid) VALUES
  (17, 'alice'),
  (18, 'bob');

-- Mail is delivered to a user, by number, or sent on to an address; an alias may stand several times.
INSERT INTO dbmail_aliases (alias, deliver_to) VALUES
  ('alice@example.com', '17'),
  ('bob@example.com',   '18'),
  ('both@example.com',  '17'),
  ('both@example.com',  '18'),
  ('away@example.com',  'carol@example.net'),
  ('@example.org',      '18');
