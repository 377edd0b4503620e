-- One index for every script, marks that can be taken back, texts that are known again, and what retention took away.
-- article is made anew rather than altered, so that its columns still say what they hold.
-- key_of, words_of and prints_of are functions of the program that are there while it migrates only.

DROP VIEW articles_readable;
DROP VIEW links_readable;

CREATE TABLE new_article (        -- one row an article, also one that is only linked to so far
  id             INTEGER PRIMARY KEY AUTOINCREMENT,     -- never used twice
  moment         INTEGER NOT NULL,                      -- order of lists: published, or first seen if that is not known or later
  arrival        INTEGER,                               -- growing number given when it was first listed; NULL = only linked to
  source         INTEGER REFERENCES source ON DELETE SET NULL,  -- the source that announced it first
  state          TEXT NOT NULL,                         -- full partial paywalled consent blocked gone feed-only headline failed
  wanted         INTEGER NOT NULL DEFAULT 0,            -- 1 = its page is still to be fetched
  read_at        INTEGER,                               -- mark: NULL = unread
  starred_at     INTEGER,                               -- mark: NULL = no star
  later_at       INTEGER,                               -- mark: NULL = not put aside
  hidden_by      TEXT,                                  -- mark: what hid it, in words; NULL = shown
  story          INTEGER,                               -- the story it belongs to, NULL while it stands alone
  copy_of        INTEGER REFERENCES article ON DELETE SET NULL,  -- the first article with the same text, of another site; NULL = it is none
  revision       INTEGER NOT NULL DEFAULT 1,            -- one more each time that its headline or text changed
  first_seen_at  INTEGER NOT NULL,                      -- when any page or source first named it
  fetched_at     INTEGER,                               -- when its page was last read
  tried_at       INTEGER,                               -- when its page was last asked for
  failures       INTEGER NOT NULL DEFAULT 0,            -- attempts in a row that brought nothing
  word_count     INTEGER,                               -- of the text; two CJK characters are one word
  related_count  INTEGER NOT NULL DEFAULT 0,            -- links of kind inline and related
  url            TEXT NOT NULL,                         -- canonical address; article_url knows which article an address means
  title          TEXT NOT NULL,                         -- headline
  published      TEXT,                                  -- by its page, or by its source
  updated        TEXT,                                  -- last change, as its publisher tells it
  language       TEXT,                                  -- BCP 47
  section        TEXT,                                  -- part of the paper, as its page tells it
  image          TEXT,                                  -- address of the picture for lists
  reason         TEXT,                                  -- why the state is what it is
  failure        TEXT,                                  -- why the last attempt brought nothing; NULL = it did
  subtitle       TEXT NOT NULL DEFAULT '',              -- standfirst
  authors        TEXT NOT NULL DEFAULT '',              -- one a line
  summary        TEXT NOT NULL DEFAULT '',              -- as its page or its source tells it
  home           TEXT                                   -- address of the source or page that named it, NULL = a person did
) STRICT;

INSERT INTO new_article (id, moment, arrival, source, state, wanted, read_at, starred_at, later_at, hidden_by, story,
                         revision, first_seen_at, fetched_at, tried_at, failures, word_count, related_count, url, title,
                         published, updated, language, section, image, reason, failure, subtitle, authors, summary, home)
SELECT a.id, a.moment, a.arrival, a.source, a.state, a.wanted, a.read_at, a.starred_at, a.later_at, a.hidden_by, a.story,
       coalesce(b.revision, 1), a.first_seen_at, a.fetched_at, a.tried_at, a.failures, a.word_count, a.related_count, a.url,
       a.title, a.published, a.updated, a.language, a.section, a.image, a.reason, a.failure, a.subtitle, a.authors,
       a.summary, a.home
FROM article a LEFT JOIN body b ON b.article = a.id;

DELETE FROM sqlite_sequence WHERE name = 'new_article';
INSERT INTO sqlite_sequence SELECT 'new_article', seq FROM sqlite_sequence WHERE name = 'article';

DROP TABLE article;
ALTER TABLE new_article RENAME TO article;
ALTER TABLE body DROP COLUMN revision;

-- SQLite appends the id to each key: (moment) is (moment, id).
CREATE INDEX article_newest ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL;
CREATE INDEX article_unread ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND read_at IS NULL;
CREATE INDEX article_starred ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND starred_at IS NOT NULL;
CREATE INDEX article_later ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND later_at IS NOT NULL;
CREATE INDEX article_changed ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND revision > 1;
CREATE INDEX article_hidden ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NOT NULL;
CREATE UNIQUE INDEX article_arrival ON article (arrival) WHERE arrival IS NOT NULL;
CREATE INDEX article_wanted ON article (source, moment) WHERE wanted = 1;
CREATE INDEX article_source ON article (source) WHERE source IS NOT NULL;
CREATE INDEX article_copy ON article (copy_of) WHERE copy_of IS NOT NULL;

CREATE TRIGGER article_moment AFTER UPDATE OF moment ON article WHEN old.moment <> new.moment BEGIN
  UPDATE announcement SET moment = new.moment WHERE article = new.id;
END;

CREATE TRIGGER article_read AFTER UPDATE OF read_at ON article WHEN (old.read_at IS NULL) <> (new.read_at IS NULL) BEGIN
  UPDATE announcement SET unread = (new.read_at IS NULL) WHERE article = new.id;
END;

CREATE TRIGGER article_links BEFORE DELETE ON article BEGIN  -- a link outlives the article that it leads to
  UPDATE link SET url = coalesce(url, old.url), title = coalesce(title, old.title) WHERE target = old.id;
END;

UPDATE OR IGNORE article_url SET key = key_of(url);  -- of two articles at what is one address now, one is found there

CREATE VIRTUAL TABLE search USING fts5(words, content='', detail='none', tokenize='ascii');
-- Written in larger pieces that are joined less often: an import spends a third less on the index.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216), ('automerge', 16);

INSERT INTO search (rowid, words)
SELECT a.id, words_of(a.title, a.authors, a.subtitle, a.summary, b.text) FROM article a
LEFT JOIN body b ON b.article = a.id
WHERE a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text) ORDER BY a.id;

CREATE TABLE fingerprint (        -- a few numbers made of the sentences of a text: who shares one may be the same text
  print    INTEGER NOT NULL,                            -- 32 bits
  article  INTEGER NOT NULL,                            -- article.id
  PRIMARY KEY (print, article)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO fingerprint (print, article)
SELECT value, a.id FROM article a JOIN body b ON b.article = a.id, json_each(prints_of(b.text))
WHERE a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text);

CREATE TABLE change (             -- what was done to marks, for undo and why
  id      INTEGER PRIMARY KEY AUTOINCREMENT,            -- never used twice
  at      INTEGER NOT NULL,                             -- when
  by      TEXT NOT NULL,                                -- who: you · rule NAME
  mark    TEXT NOT NULL,                                -- read · starred · later · hidden · tag
  value   TEXT,                                         -- what it was set to: yes, the tag or the cause; NULL = taken away
  undo    TEXT NOT NULL                                 -- yes = a command did it, so that undo takes it back · done · no
) STRICT;

CREATE INDEX change_undo ON change (undo);

CREATE TABLE changed (            -- to which articles
  change   INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,-- the change
  article  INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- one that it changed
  before   ANY,                                         -- what stood there: seconds, a cause, or the tag; NULL = nothing
  position INTEGER,                                     -- of a tag that stood there, as in article_tag
  PRIMARY KEY (change, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX changed_article ON changed (article);

CREATE TABLE dropped (            -- articles that retention took away: a source that still names them brings none back
  key         TEXT PRIMARY KEY,                         -- as in article_url
  dropped_at  INTEGER NOT NULL                          -- when it was taken away, or last named since
) STRICT, WITHOUT ROWID;

CREATE TABLE gone (               -- articles that were in lists and are no rows any more: a walk by id goes on behind them
  id       INTEGER PRIMARY KEY,                         -- their id
  arrival  INTEGER NOT NULL                             -- as in article
) STRICT;

CREATE TRIGGER article_gone AFTER DELETE ON article WHEN old.arrival IS NOT NULL BEGIN
  INSERT OR REPLACE INTO gone (id, arrival) VALUES (old.id, old.arrival);
END;

INSERT INTO counter VALUES ('visited', 0), ('listed', 0), ('unread', 0), ('starred', 0), ('later', 0), ('hidden', 0);

UPDATE counter SET value = (SELECT count(*) FROM article WHERE arrival IS NOT NULL AND CASE name
  WHEN 'listed' THEN hidden_by IS NULL
  WHEN 'unread' THEN hidden_by IS NULL AND read_at IS NULL
  WHEN 'starred' THEN hidden_by IS NULL AND starred_at IS NOT NULL
  WHEN 'later' THEN hidden_by IS NULL AND later_at IS NOT NULL
  WHEN 'hidden' THEN hidden_by IS NOT NULL END)
WHERE name IN ('listed', 'unread', 'starred', 'later', 'hidden');

CREATE TRIGGER article_counted AFTER INSERT ON article WHEN new.arrival IS NOT NULL BEGIN
  UPDATE counter SET value = value + 1 WHERE name IN (
    CASE WHEN new.hidden_by IS NULL THEN 'listed' ELSE 'hidden' END,
    CASE WHEN new.hidden_by IS NULL AND new.read_at IS NULL THEN 'unread' END,
    CASE WHEN new.hidden_by IS NULL AND new.starred_at IS NOT NULL THEN 'starred' END,
    CASE WHEN new.hidden_by IS NULL AND new.later_at IS NOT NULL THEN 'later' END);
END;

CREATE TRIGGER article_recounted AFTER UPDATE OF arrival, hidden_by, read_at, starred_at, later_at ON article BEGIN
  UPDATE counter SET value = value + CASE name
    WHEN 'listed' THEN (new.arrival IS NOT NULL AND new.hidden_by IS NULL) - (old.arrival IS NOT NULL AND old.hidden_by IS NULL)
    WHEN 'unread' THEN (new.arrival IS NOT NULL AND new.hidden_by IS NULL AND new.read_at IS NULL)
                     - (old.arrival IS NOT NULL AND old.hidden_by IS NULL AND old.read_at IS NULL)
    WHEN 'starred' THEN (new.arrival IS NOT NULL AND new.hidden_by IS NULL AND new.starred_at IS NOT NULL)
                      - (old.arrival IS NOT NULL AND old.hidden_by IS NULL AND old.starred_at IS NOT NULL)
    WHEN 'later' THEN (new.arrival IS NOT NULL AND new.hidden_by IS NULL AND new.later_at IS NOT NULL)
                    - (old.arrival IS NOT NULL AND old.hidden_by IS NULL AND old.later_at IS NOT NULL)
    ELSE (new.arrival IS NOT NULL AND new.hidden_by IS NOT NULL) - (old.arrival IS NOT NULL AND old.hidden_by IS NOT NULL) END
  WHERE name IN ('listed', 'unread', 'starred', 'later', 'hidden');
END;

CREATE TRIGGER article_uncounted AFTER DELETE ON article WHEN old.arrival IS NOT NULL BEGIN
  UPDATE counter SET value = value - CASE name
    WHEN 'listed' THEN old.hidden_by IS NULL
    WHEN 'unread' THEN old.hidden_by IS NULL AND old.read_at IS NULL
    WHEN 'starred' THEN old.hidden_by IS NULL AND old.starred_at IS NOT NULL
    WHEN 'later' THEN old.hidden_by IS NULL AND old.later_at IS NOT NULL
    ELSE old.hidden_by IS NOT NULL END
  WHERE name IN ('listed', 'unread', 'starred', 'later', 'hidden');
END;

CREATE VIEW articles_readable AS  -- listed articles with their marks, text and source
SELECT a.id, a.title, s.name AS source, a.url, a.state, a.reason, a.published, a.updated,
       datetime(a.moment, 'unixepoch') AS moment, datetime(a.first_seen_at, 'unixepoch') AS first_seen,
       datetime(a.fetched_at, 'unixepoch') AS fetched, a.language, a.section, a.authors, a.subtitle, a.summary,
       a.word_count, a.related_count, a.story, a.copy_of, a.read_at IS NOT NULL AS read,
       a.starred_at IS NOT NULL AS starred, a.later_at IS NOT NULL AS later, a.hidden_by, a.revision, b.text
FROM article a LEFT JOIN source s ON s.id = a.source LEFT JOIN body b ON b.article = a.id
WHERE a.arrival IS NOT NULL;

CREATE VIEW links_readable AS     -- where articles lead
SELECT l.article, l.position, l.kind, l.heading, coalesce(l.title, t.title) AS title, coalesce(l.url, t.url) AS url,
       l.target, t.state AS target_state
FROM link l LEFT JOIN article t ON t.id = l.target;

CREATE VIEW changes_readable AS   -- what was done to the marks of articles, and by what
SELECT d.article, datetime(c.at, 'unixepoch') AS at, c.by, c.mark, c.value, c.undo, d.before
FROM changed d JOIN change c ON c.id = d.change;
