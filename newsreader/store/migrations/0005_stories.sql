-- Articles that tell one event stand together, and the reader can follow them.
-- Tables are made anew rather than altered, so that their columns still say what they hold.

CREATE TABLE new_term (           -- words, names and figures that tell stories apart
  id         INTEGER PRIMARY KEY,                       -- for the tables below
  term       TEXT NOT NULL UNIQUE,                      -- folded word or figure · @name · ~characters cut from a run
  documents  INTEGER NOT NULL DEFAULT 0,                -- articles in which it was ever found
  named      INTEGER NOT NULL DEFAULT 0,                -- those of them that write it like a name
  labelled   INTEGER NOT NULL DEFAULT 0                 -- those of them that have it in front of their headline only, as a label
) STRICT;

INSERT INTO new_term (id, term, documents) SELECT id, term, documents FROM term;
DROP TABLE term;
ALTER TABLE new_term RENAME TO term;

CREATE TABLE new_article_terms (  -- the terms that tell most about an article
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,  -- whose
  ids      TEXT NOT NULL,                               -- JSON array of term.id, the most telling first
  weights  TEXT NOT NULL,                               -- JSON array: how much each says about the article, in tenths
  length   REAL NOT NULL DEFAULT 0                      -- how long a text they make, as it was when its story was found
) STRICT;

INSERT INTO new_article_terms (article, ids, weights) SELECT article, ids, weights FROM article_terms;
DROP TABLE article_terms;
ALTER TABLE new_article_terms RENAME TO article_terms;

CREATE TRIGGER article_terms_gone AFTER DELETE ON article_terms BEGIN
  DELETE FROM posting WHERE article = old.article AND term IN (SELECT value FROM json_each(old.ids));
END;

CREATE TABLE story (              -- articles that tell one event: several, or one whose event is followed
  id           INTEGER PRIMARY KEY,                     -- id of the article that it began with
  size         INTEGER NOT NULL DEFAULT 0,              -- its articles that lists show, kept by triggers
  moment       INTEGER,                                 -- of the newest of them, kept by triggers; NULL = there is none
  title        TEXT NOT NULL,                           -- headline of the article that says best what all of them tell
  followed_at  INTEGER,                                 -- mark: NULL = not followed
  visited      INTEGER NOT NULL DEFAULT 0,              -- arrival of the newest article that its reader has seen
  length       REAL NOT NULL DEFAULT 0,                 -- of its newest different texts together, as in article_terms
  terms        TEXT NOT NULL DEFAULT '[]',              -- JSON array of term.id: what these texts hold
  counts       TEXT NOT NULL DEFAULT '[]'               -- JSON array: how many of them hold it
) STRICT;

CREATE INDEX story_newest ON story (moment) WHERE size > 1;
CREATE INDEX story_followed ON story (moment) WHERE followed_at IS NOT NULL;

CREATE TABLE story_moved (        -- stories that turned out to be one: the old id leads to the kept one
  id     INTEGER PRIMARY KEY,                           -- the id that is no row any more
  story  INTEGER NOT NULL REFERENCES story ON DELETE CASCADE    -- the kept one
) STRICT;

CREATE INDEX story_moved_story ON story_moved (story);

CREATE TABLE unplaced (           -- articles with new terms: which story they belong to is still to be seen
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE     -- which
) STRICT;

INSERT INTO unplaced SELECT a.id FROM article a JOIN article_terms t ON t.article = a.id WHERE a.arrival IS NOT NULL;

UPDATE article SET story = NULL WHERE story IS NOT NULL;

CREATE INDEX article_story ON article (story, moment) WHERE story IS NOT NULL;

CREATE TRIGGER article_listed AFTER UPDATE OF arrival ON article WHEN old.arrival IS NULL AND new.arrival IS NOT NULL BEGIN
  INSERT OR IGNORE INTO unplaced (article) SELECT article FROM article_terms WHERE article = new.id;
END;

CREATE TRIGGER article_joins_story AFTER UPDATE OF story, moment, arrival, hidden_by ON article
WHEN new.story IS NOT NULL AND new.arrival IS NOT NULL AND new.hidden_by IS NULL BEGIN
  UPDATE story SET size = size + (old.story IS NOT new.story OR old.arrival IS NULL OR old.hidden_by IS NOT NULL),
  moment = CASE WHEN old.story IS new.story AND old.moment <> new.moment THEN (
    SELECT a.moment FROM article a WHERE a.story = new.story AND a.arrival IS NOT NULL AND a.hidden_by IS NULL
    ORDER BY a.moment DESC LIMIT 1) ELSE max(coalesce(moment, new.moment), new.moment) END
  WHERE id = new.story;
END;

CREATE TRIGGER article_leaves_story AFTER UPDATE OF story, arrival, hidden_by ON article
WHEN old.story IS NOT NULL AND old.arrival IS NOT NULL AND old.hidden_by IS NULL
AND (new.story IS NOT old.story OR new.arrival IS NULL OR new.hidden_by IS NOT NULL) BEGIN
  UPDATE story SET size = size - 1, moment = (
    SELECT a.moment FROM article a WHERE a.story = old.story AND a.arrival IS NOT NULL AND a.hidden_by IS NULL
    ORDER BY a.moment DESC LIMIT 1)
  WHERE id = old.story;
  DELETE FROM story WHERE id = old.story AND followed_at IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story = old.story);
END;

CREATE TRIGGER article_gone_from_story AFTER DELETE ON article WHEN old.story IS NOT NULL BEGIN
  UPDATE story SET size = size - (old.arrival IS NOT NULL AND old.hidden_by IS NULL), moment = (
    SELECT a.moment FROM article a WHERE a.story = old.story AND a.arrival IS NOT NULL AND a.hidden_by IS NULL
    ORDER BY a.moment DESC LIMIT 1)
  WHERE id = old.story;
  DELETE FROM story WHERE id = old.story AND followed_at IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story = old.story);
END;

CREATE VIEW stories_readable AS   -- stories of several articles, or followed
SELECT s.id, s.title, s.size, (SELECT count(DISTINCT source) FROM article WHERE story = s.id) AS sources,
       datetime((SELECT min(moment) FROM article WHERE story = s.id), 'unixepoch') AS first,
       datetime(s.moment, 'unixepoch') AS last, s.followed_at IS NOT NULL AS followed
FROM story s;
