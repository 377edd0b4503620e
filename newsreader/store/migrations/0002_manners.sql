-- Sources remember why they are due, where they are moving, and where they were.
-- The table is made anew rather than altered, so that its columns still say what they hold.

DROP VIEW articles_readable;
DROP VIEW sources_readable;

CREATE TABLE new_source (         -- subscriptions: feeds, news sitemaps, front pages
  id             INTEGER PRIMARY KEY AUTOINCREMENT,     -- never used twice
  name           TEXT NOT NULL UNIQUE COLLATE NOCASE,   -- what the user calls it
  url            TEXT NOT NULL UNIQUE,                  -- what is fetched
  site           TEXT,                                  -- the page that people open
  kind           TEXT NOT NULL,                         -- feed · sitemap · frontpage
  language       TEXT,                                  -- BCP 47
  paused         INTEGER NOT NULL DEFAULT 0,            -- 1 = not fetched
  etag           TEXT,                                  -- validator of the last answer
  last_modified  TEXT,                                  -- validator of the last answer
  added_at       INTEGER NOT NULL,                      -- when it was subscribed
  checked_at     INTEGER,                               -- last attempt
  due_at         INTEGER,                               -- next attempt, NULL = at once
  ttl            INTEGER NOT NULL DEFAULT 0,            -- minutes between two changes, as its feed says; 0 = it does not
  due_reason     TEXT,                                  -- why then, in words that follow "next in 2h, …"
  failures       INTEGER NOT NULL DEFAULT 0,            -- attempts in a row that failed
  missing        INTEGER NOT NULL DEFAULT 0,            -- answers in a row that were HTTP 404
  status         TEXT,                                  -- last outcome: ok · unchanged · failed
  reason         TEXT,                                  -- why, in words
  moving_to      TEXT,                                  -- where the last answer said that it is for good, seen once
  moved_from     TEXT,                                  -- the address before, NULL = it never moved
  moved_at       INTEGER                                -- when the address changed
) STRICT;

INSERT INTO new_source (id, name, url, site, kind, language, paused, etag, last_modified, added_at, checked_at, due_at,
                        failures, status, reason)
SELECT id, name, url, site, kind, language, paused, etag, last_modified, added_at, checked_at, due_at,
       failures, status, reason
FROM source;

DELETE FROM sqlite_sequence WHERE name = 'new_source';
INSERT INTO sqlite_sequence SELECT 'new_source', seq FROM sqlite_sequence WHERE name = 'source';

DROP TABLE source;
ALTER TABLE new_source RENAME TO source;

CREATE VIEW articles_readable AS  -- listed articles with their marks, text and source
SELECT a.id, a.title, s.name AS source, a.url, a.state, a.reason, a.published, a.updated,
       datetime(a.moment, 'unixepoch') AS moment, datetime(a.first_seen_at, 'unixepoch') AS first_seen,
       datetime(a.fetched_at, 'unixepoch') AS fetched, a.language, a.section, a.authors, a.subtitle, a.summary,
       a.word_count, a.related_count, a.story, a.read_at IS NOT NULL AS read, a.starred_at IS NOT NULL AS starred,
       a.later_at IS NOT NULL AS later, a.hidden_by, b.revision, b.text
FROM article a LEFT JOIN source s ON s.id = a.source LEFT JOIN body b ON b.article = a.id
WHERE a.arrival IS NOT NULL;

CREATE VIEW sources_readable AS   -- subscriptions with their tags and the times in words
SELECT s.id, s.name, s.url, s.site, s.kind, s.language, s.paused, s.status, s.reason, s.failures, s.due_reason,
       s.moved_from, datetime(s.moved_at, 'unixepoch') AS moved,
       datetime(s.added_at, 'unixepoch') AS added, datetime(s.checked_at, 'unixepoch') AS checked,
       datetime(s.due_at, 'unixepoch') AS due,
       (SELECT group_concat(tag, ', ') FROM source_tag WHERE source = s.id) AS tags
FROM source s;
