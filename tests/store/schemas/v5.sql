-- A store of version 5 with a few rows, as the apsw shell dumps it.

-- The values of various per-database settings
PRAGMA page_size=4096;
-- PRAGMA encoding='UTF-8';
-- PRAGMA auto_vacuum=NONE;
-- PRAGMA max_page_count=4294967294;

-- This pragma is needed to restore virtual tables
PRAGMA writable_schema=ON;

BEGIN TRANSACTION;

-- Table  announcement
DROP TABLE IF EXISTS announcement;
CREATE TABLE announcement (       -- which source announced which article
  source     INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,-- who announced
  article    INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- what
  moment     INTEGER NOT NULL,                          -- copy of article.moment, kept by triggers
  unread     INTEGER NOT NULL,                          -- 1 while article.read_at is NULL, kept by triggers
  title_crc  INTEGER NOT NULL,                          -- CRC-32 of the announced title: has it been edited?
  crc        INTEGER NOT NULL,                          -- CRC-32 of all that was announced: is anything new?
  feed_id    TEXT,                                      -- guid or id, a hint only
  PRIMARY KEY (source, article)
) STRICT, WITHOUT ROWID;
INSERT INTO announcement VALUES(1,1,1772496000,0,4144366315,805273955,'id-1');
INSERT INTO announcement VALUES(1,2,1772611200,1,1592375731,2147186063,'id-2');
-- Triggers and indices on  announcement
CREATE INDEX announcement_article ON announcement (article);
CREATE INDEX announcement_feed_id ON announcement (source, feed_id) WHERE feed_id IS NOT NULL;
CREATE INDEX announcement_newest ON announcement (source, moment, article);
CREATE INDEX announcement_unread ON announcement (source, moment, article) WHERE unread = 1;

-- Table  article
DROP TABLE IF EXISTS article;
CREATE TABLE "article" (        -- one row an article, also one that is only linked to so far
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
INSERT INTO article VALUES(1,1772496000,1,1,'headline',1,1772625600,NULL,NULL,NULL,1,NULL,1,1772625600,NULL,NULL,0,NULL,0,'https://post.example/1','氷に閉ざされた港','2026-03-03T09:00:00+09:00',NULL,'ja',NULL,NULL,NULL,NULL,'','','港が九日間凍った。',NULL);
INSERT INTO article VALUES(2,1772611200,2,1,'full',0,NULL,1772625600,NULL,NULL,1,NULL,2,1772625600,1772629200,1772629200,0,8,1,'https://post.example/2','Ferry returns after the ice','2026-03-04T08:00:00+00:00',NULL,'en',NULL,'https://post.example/ferry.jpg',NULL,NULL,'','Ada Quay','',NULL);
INSERT INTO article VALUES(3,1772629200,NULL,NULL,'headline',0,NULL,NULL,NULL,NULL,NULL,NULL,1,1772629200,NULL,NULL,0,NULL,0,'https://post.example/3','Nine days of ice',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','',NULL);
-- Triggers and indices on  article
CREATE UNIQUE INDEX article_arrival ON article (arrival) WHERE arrival IS NOT NULL;
CREATE INDEX article_changed ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND revision > 1;
CREATE INDEX article_copy ON article (copy_of) WHERE copy_of IS NOT NULL;
CREATE TRIGGER article_counted AFTER INSERT ON article WHEN new.arrival IS NOT NULL BEGIN
  UPDATE counter SET value = value + 1 WHERE name IN (
    CASE WHEN new.hidden_by IS NULL THEN 'listed' ELSE 'hidden' END,
    CASE WHEN new.hidden_by IS NULL AND new.read_at IS NULL THEN 'unread' END,
    CASE WHEN new.hidden_by IS NULL AND new.starred_at IS NOT NULL THEN 'starred' END,
    CASE WHEN new.hidden_by IS NULL AND new.later_at IS NOT NULL THEN 'later' END);
END;
CREATE TRIGGER article_gone AFTER DELETE ON article WHEN old.arrival IS NOT NULL BEGIN
  INSERT OR REPLACE INTO gone (id, arrival) VALUES (old.id, old.arrival);
END;
CREATE TRIGGER article_gone_from_story AFTER DELETE ON article WHEN old.story IS NOT NULL BEGIN
  UPDATE story SET size = size - (old.arrival IS NOT NULL AND old.hidden_by IS NULL), moment = (
    SELECT a.moment FROM article a WHERE a.story = old.story AND a.arrival IS NOT NULL AND a.hidden_by IS NULL
    ORDER BY a.moment DESC LIMIT 1)
  WHERE id = old.story;
  DELETE FROM story WHERE id = old.story AND followed_at IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story = old.story);
END;
CREATE INDEX article_hidden ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NOT NULL;
CREATE TRIGGER article_joins_story AFTER UPDATE OF story, moment, arrival, hidden_by ON article
WHEN new.story IS NOT NULL AND new.arrival IS NOT NULL AND new.hidden_by IS NULL BEGIN
  UPDATE story SET size = size + (old.story IS NOT new.story OR old.arrival IS NULL OR old.hidden_by IS NOT NULL),
  moment = CASE WHEN old.story IS new.story AND old.moment <> new.moment THEN (
    SELECT a.moment FROM article a WHERE a.story = new.story AND a.arrival IS NOT NULL AND a.hidden_by IS NULL
    ORDER BY a.moment DESC LIMIT 1) ELSE max(coalesce(moment, new.moment), new.moment) END
  WHERE id = new.story;
END;
CREATE INDEX article_later ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND later_at IS NOT NULL;
CREATE TRIGGER article_leaves_story AFTER UPDATE OF story, arrival, hidden_by ON article
WHEN old.story IS NOT NULL AND old.arrival IS NOT NULL AND old.hidden_by IS NULL
AND (new.story IS NOT old.story OR new.arrival IS NULL OR new.hidden_by IS NOT NULL) BEGIN
  UPDATE story SET size = size - 1, moment = (
    SELECT a.moment FROM article a WHERE a.story = old.story AND a.arrival IS NOT NULL AND a.hidden_by IS NULL
    ORDER BY a.moment DESC LIMIT 1)
  WHERE id = old.story;
  DELETE FROM story WHERE id = old.story AND followed_at IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story = old.story);
END;
CREATE TRIGGER article_links BEFORE DELETE ON article BEGIN  -- a link outlives the article that it leads to
  UPDATE link SET url = coalesce(url, old.url), title = coalesce(title, old.title) WHERE target = old.id;
END;
CREATE TRIGGER article_listed AFTER UPDATE OF arrival ON article WHEN old.arrival IS NULL AND new.arrival IS NOT NULL BEGIN
  INSERT OR IGNORE INTO unplaced (article) SELECT article FROM article_terms WHERE article = new.id;
END;
CREATE TRIGGER article_moment AFTER UPDATE OF moment ON article WHEN old.moment <> new.moment BEGIN
  UPDATE announcement SET moment = new.moment WHERE article = new.id;
END;
CREATE INDEX article_newest ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL;
CREATE TRIGGER article_read AFTER UPDATE OF read_at ON article WHEN (old.read_at IS NULL) <> (new.read_at IS NULL) BEGIN
  UPDATE announcement SET unread = (new.read_at IS NULL) WHERE article = new.id;
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
CREATE INDEX article_source ON article (source) WHERE source IS NOT NULL;
CREATE INDEX article_starred ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND starred_at IS NOT NULL;
CREATE INDEX article_story ON article (story, moment) WHERE story IS NOT NULL;
CREATE TRIGGER article_uncounted AFTER DELETE ON article WHEN old.arrival IS NOT NULL BEGIN
  UPDATE counter SET value = value - CASE name
    WHEN 'listed' THEN old.hidden_by IS NULL
    WHEN 'unread' THEN old.hidden_by IS NULL AND old.read_at IS NULL
    WHEN 'starred' THEN old.hidden_by IS NULL AND old.starred_at IS NOT NULL
    WHEN 'later' THEN old.hidden_by IS NULL AND old.later_at IS NOT NULL
    ELSE old.hidden_by IS NOT NULL END
  WHERE name IN ('listed', 'unread', 'starred', 'later', 'hidden');
END;
CREATE INDEX article_unread ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND read_at IS NULL;
CREATE INDEX article_wanted ON article (source, moment) WHERE wanted = 1;

-- Table  article_tag
DROP TABLE IF EXISTS article_tag;
CREATE TABLE article_tag (        -- tags that publishers and users gave
  article   INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- the tagged one
  tag       TEXT NOT NULL COLLATE NOCASE,               -- case does not matter
  position  INTEGER NOT NULL,                           -- the order in which tags were given
  PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO article_tag VALUES(1,'天気',1);
INSERT INTO article_tag VALUES(2,'ice',1);
-- Triggers and indices on  article_tag
CREATE INDEX article_tag_tag ON article_tag (tag, article);

-- Table  article_terms
DROP TABLE IF EXISTS article_terms;
CREATE TABLE "article_terms" (  -- the terms that tell most about an article
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,  -- whose
  ids      TEXT NOT NULL,                               -- JSON array of term.id, the most telling first
  weights  TEXT NOT NULL,                               -- JSON array: how much each says about the article, in tenths
  length   REAL NOT NULL DEFAULT 0                      -- how long a text they make, as it was when its story was found
) STRICT;
INSERT INTO article_terms VALUES(2,'[1,2]','[30,10]',0.0);
-- Triggers and indices on  article_terms
CREATE TRIGGER article_terms_gone AFTER DELETE ON article_terms BEGIN
  DELETE FROM posting WHERE article = old.article AND term IN (SELECT value FROM json_each(old.ids));
END;

-- Table  article_url
DROP TABLE IF EXISTS article_url;
CREATE TABLE article_url (        -- every address under which an article was seen
  key      TEXT PRIMARY KEY,                            -- canonical address without scheme: what identity is decided by
  article  INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- the article seen there
  url      TEXT NOT NULL                                -- the address as seen
) STRICT, WITHOUT ROWID;
INSERT INTO article_url VALUES('post.example/1',1,'https://post.example/1');
INSERT INTO article_url VALUES('post.example/2',2,'https://post.example/2');
INSERT INTO article_url VALUES('post.example/3',3,'https://post.example/3');
-- Triggers and indices on  article_url
CREATE INDEX article_url_article ON article_url (article);

-- Table  body
DROP TABLE IF EXISTS body;
CREATE TABLE body (               -- the text of an article
  article     INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,-- whose text
  saved_at    INTEGER NOT NULL,                         -- when this text was read
  site_name   TEXT,                                     -- as its page tells it
  next_page   TEXT,                                     -- address of the next part, NULL = this is all
  lead_image  TEXT,                                     -- JSON object: url alt caption credit width height
  blocks      TEXT NOT NULL,                            -- JSON array; "text":[a,b] is the stretch from a to before b of text, in characters
  text        TEXT NOT NULL                             -- standfirst and blocks, a block a line, without captions
) STRICT;
INSERT INTO body VALUES(2,1772629200,NULL,NULL,NULL,'[{"kind":"paragraph","text":[0,23]},{"kind":"paragraph","text":[24,48]},{"kind":"figure","image":{"url":"https://post.example/ferry.jpg","alt":"The ferry","caption":"Out at last","credit":"","width":null,"height":null}}]','The ferry sailed again.
Pilots waited nine days.');

-- Table  change
DROP TABLE IF EXISTS change;
CREATE TABLE change (             -- what was done to marks, for undo and why
  id      INTEGER PRIMARY KEY AUTOINCREMENT,            -- never used twice
  at      INTEGER NOT NULL,                             -- when
  by      TEXT NOT NULL,                                -- who: you · rule NAME
  mark    TEXT NOT NULL,                                -- read · starred · later · hidden · tag
  value   TEXT,                                         -- what it was set to: yes, the tag or the cause; NULL = taken away
  undo    TEXT NOT NULL                                 -- yes = a command did it, so that undo takes it back · done · no
) STRICT;
INSERT INTO change VALUES(1,1772625600,'you','tag','ice','yes');
INSERT INTO change VALUES(2,1772625600,'rule harbour','later','yes','no');
INSERT INTO change VALUES(3,1772625600,'you','later',NULL,'yes');
-- Triggers and indices on  change
CREATE INDEX change_undo ON change (undo);

-- Table  changed
DROP TABLE IF EXISTS changed;
CREATE TABLE changed (            -- to which articles
  change   INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,-- the change
  article  INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- one that it changed
  before   ANY,                                         -- what stood there: seconds, a cause, or the tag; NULL = nothing
  position INTEGER,                                     -- of a tag that stood there, as in article_tag
  PRIMARY KEY (change, article)
) STRICT, WITHOUT ROWID;
INSERT INTO changed VALUES(1,2,NULL,NULL);
INSERT INTO changed VALUES(2,1,NULL,NULL);
INSERT INTO changed VALUES(3,1,1772625600,NULL);
-- Triggers and indices on  changed
CREATE INDEX changed_article ON changed (article);

-- Table  counter
DROP TABLE IF EXISTS counter;
CREATE TABLE counter (            -- totals that are kept, so that nothing is ever counted
  name   TEXT PRIMARY KEY,        -- arrivals: numbers given out so far · documents: articles read for terms so far
  value  INTEGER NOT NULL         -- how many
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES('arrivals',2);
INSERT INTO counter VALUES('documents',1);
INSERT INTO counter VALUES('hidden',0);
INSERT INTO counter VALUES('later',0);
INSERT INTO counter VALUES('listed',2);
INSERT INTO counter VALUES('starred',1);
INSERT INTO counter VALUES('unread',1);
INSERT INTO counter VALUES('visited',0);

-- Table  dropped
DROP TABLE IF EXISTS dropped;
CREATE TABLE dropped (            -- articles that retention took away: a source that still names them brings none back
  key         TEXT PRIMARY KEY,                         -- as in article_url
  dropped_at  INTEGER NOT NULL                          -- when it was taken away, or last named since
) STRICT, WITHOUT ROWID;
INSERT INTO dropped VALUES('post.example/0',1772625600);

-- Table  feed_text
DROP TABLE IF EXISTS feed_text;
CREATE TABLE feed_text (          -- what was announced and not read for its text yet; a row goes when its article is kept
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,-- what was announced
  html     TEXT NOT NULL                                -- the text as the feed carries it, untrusted; '' = a headline alone
) STRICT;
INSERT INTO feed_text VALUES(3,'<p>The pilots’ hut stands empty.</p>');

-- Table  fingerprint
DROP TABLE IF EXISTS fingerprint;
CREATE TABLE fingerprint (        -- a few numbers made of the sentences of a text: who shares one may be the same text
  print    INTEGER NOT NULL,                            -- 32 bits
  article  INTEGER NOT NULL,                            -- article.id
  PRIMARY KEY (print, article)
) STRICT, WITHOUT ROWID;

-- Table  gone
DROP TABLE IF EXISTS gone;
CREATE TABLE gone (               -- articles that were in lists and are no rows any more: a walk by id goes on behind them
  id       INTEGER PRIMARY KEY,                         -- their id
  arrival  INTEGER NOT NULL                             -- as in article
) STRICT;

-- Table  link
DROP TABLE IF EXISTS link;
CREATE TABLE link (               -- links of a page, in reading order
  article   INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- the page that links
  position  INTEGER NOT NULL,                           -- 0, 1, 2 …
  kind      TEXT NOT NULL,                              -- inline · related · more (other articles) · reference (anything else)
  target    INTEGER REFERENCES article ON DELETE SET NULL,  -- the article it leads to, NULL = no article
  heading   TEXT NOT NULL DEFAULT '',                   -- of its block
  url       TEXT,                                       -- NULL = the address of the target
  title     TEXT,                                       -- NULL = the title of the target
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
INSERT INTO link VALUES(2,0,'related',1,'Read also',NULL,NULL);
INSERT INTO link VALUES(2,1,'more',3,'Latest',NULL,NULL);
-- Triggers and indices on  link
CREATE INDEX link_target ON link (target) WHERE target IS NOT NULL;

-- Table  moved
DROP TABLE IF EXISTS moved;
CREATE TABLE moved (              -- articles that turned out to be one: the old id leads to the kept one
  id       INTEGER PRIMARY KEY,                         -- the id that is no row any more
  article  INTEGER NOT NULL REFERENCES article ON DELETE CASCADE-- the kept one
) STRICT;
-- Triggers and indices on  moved
CREATE INDEX moved_article ON moved (article);

-- Table  posting
DROP TABLE IF EXISTS posting;
CREATE TABLE posting (            -- from the few most telling terms to the articles that hold them
  term     INTEGER NOT NULL,                            -- term.id
  article  INTEGER NOT NULL,                            -- article.id, kept by the trigger below
  PRIMARY KEY (term, article)
) STRICT, WITHOUT ROWID;
INSERT INTO posting VALUES(1,2);
INSERT INTO posting VALUES(2,2);

-- Table  revision
DROP TABLE IF EXISTS revision;
CREATE TABLE revision (           -- earlier texts of articles that changed
  article   INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,-- whose text
  revision  INTEGER NOT NULL,                           -- the number that body.revision was
  saved_at  INTEGER NOT NULL,                           -- when this text was read
  title     TEXT NOT NULL,                              -- headline at that time
  text      TEXT NOT NULL,                              -- as body.text
  PRIMARY KEY (article, revision)
) STRICT;
INSERT INTO revision VALUES(2,1,1772625600,'Ferry returns after the ice','The ferry will sail again.');

-- Table  search
DELETE FROM sqlite_schema WHERE name='search' AND type='table';
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql) VALUES('table','search','search',0,'CREATE VIRTUAL TABLE search USING fts5(words, content='''', detail=''none'', tokenize=''ascii'')');

-- Table  search_config
DROP TABLE IF EXISTS search_config;
CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_config VALUES('automerge',16);
INSERT INTO search_config VALUES('hashsize',16777216);
INSERT INTO search_config VALUES('version',4);

-- Table  search_data
DROP TABLE IF EXISTS search_data;
CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO search_data VALUES(1,X'022E');
INSERT INTO search_data VALUES(10,X'000000020101010001010101');
INSERT INTO search_data VALUES(137438953473,X'0000014F0430616461020204667465720202046761696E0201046461797302010566657272790201036963650201046E696E6502010670696C6F74730201047175617902010772657475726E730201067361696C6564020103746865020106776169746564020106E3818CE4B99D01030495E3828C01030496E381950103019F010403E6B8AF010304A3E3819F010304ABE99689010205828CE3819F010106E4B99DE697A5010106E5878DE381A3010106E697A5E99693010205B0B7E381AB010202B8AF010403E3818C010106E99689E3819601030493E5878D010108EE80806166746572020405666572727902040369636502040772657475726E73020403746865020406E38195E3828C01060496E381950106049FE6B8AF010604ABE99689010505828CE3819F010406E6B0B7E381AB010502B8AF010406E99689E38196010304816164610204047175617902040607070708060709070A090609090707040607070809090908050609070B08060A06090707070809050907');

-- Table  search_docsize
DROP TABLE IF EXISTS search_docsize;
CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO search_docsize VALUES(1,X'18');
INSERT INTO search_docsize VALUES(2,X'16');

-- Table  search_idx
DROP TABLE IF EXISTS search_idx;
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_idx VALUES(1,X'',2);

-- Table  source
DROP TABLE IF EXISTS source;
CREATE TABLE "source" (         -- subscriptions: feeds, news sitemaps, front pages
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
INSERT INTO source VALUES(1,'Harbour Post','https://post.example/feed','https://post.example/','feed','en',0,'"1"',NULL,1772625600,1772625600,1772629200,0,'since a source rests for 30 minutes',0,0,'ok',NULL,NULL,'http://old.example/feed',1772500000);

-- Table  source_tag
DROP TABLE IF EXISTS source_tag;
CREATE TABLE source_tag (         -- tags that the user gave to sources
  source    INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,-- the tagged one
  tag       TEXT NOT NULL COLLATE NOCASE,               -- case does not matter
  position  INTEGER NOT NULL,                           -- the order in which tags were given
  PRIMARY KEY (source, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO source_tag VALUES(1,'coast',1);

-- Table  story
DROP TABLE IF EXISTS story;
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
INSERT INTO story VALUES(1,2,1772611200,'Ferry returns after the ice',1772625600,2,0.0,'[1,2]','[1,1]');
-- Triggers and indices on  story
CREATE INDEX story_followed ON story (moment) WHERE followed_at IS NOT NULL;
CREATE INDEX story_newest ON story (moment) WHERE size > 1;

-- Table  story_moved
DROP TABLE IF EXISTS story_moved;
CREATE TABLE story_moved (        -- stories that turned out to be one: the old id leads to the kept one
  id     INTEGER PRIMARY KEY,                           -- the id that is no row any more
  story  INTEGER NOT NULL REFERENCES story ON DELETE CASCADE    -- the kept one
) STRICT;
INSERT INTO story_moved VALUES(4,1);
-- Triggers and indices on  story_moved
CREATE INDEX story_moved_story ON story_moved (story);

-- Table  term
DROP TABLE IF EXISTS term;
CREATE TABLE "term" (           -- words, names and figures that tell stories apart
  id         INTEGER PRIMARY KEY,                       -- for the tables below
  term       TEXT NOT NULL UNIQUE,                      -- folded word or figure · @name · ~characters cut from a run
  documents  INTEGER NOT NULL DEFAULT 0,                -- articles in which it was ever found
  named      INTEGER NOT NULL DEFAULT 0,                -- those of them that write it like a name
  labelled   INTEGER NOT NULL DEFAULT 0                 -- those of them that have it in front of their headline only, as a label
) STRICT;
INSERT INTO term VALUES(1,'ferry',1,0,0);
INSERT INTO term VALUES(2,'@Ada Quay',1,0,0);

-- Table  unplaced
DROP TABLE IF EXISTS unplaced;
CREATE TABLE unplaced (           -- articles with new terms: which story they belong to is still to be seen
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE     -- which
) STRICT;
INSERT INTO unplaced VALUES(2);

-- Views
DROP VIEW IF EXISTS sources_readable;
CREATE VIEW sources_readable AS   -- subscriptions with their tags and the times in words
SELECT s.id, s.name, s.url, s.site, s.kind, s.language, s.paused, s.status, s.reason, s.failures, s.due_reason,
       s.moved_from, datetime(s.moved_at, 'unixepoch') AS moved,
       datetime(s.added_at, 'unixepoch') AS added, datetime(s.checked_at, 'unixepoch') AS checked,
       datetime(s.due_at, 'unixepoch') AS due,
       (SELECT group_concat(tag, ', ') FROM source_tag WHERE source = s.id) AS tags
FROM source s;
DROP VIEW IF EXISTS articles_readable;
CREATE VIEW articles_readable AS  -- listed articles with their marks, text and source
SELECT a.id, a.title, s.name AS source, a.url, a.state, a.reason, a.published, a.updated,
       datetime(a.moment, 'unixepoch') AS moment, datetime(a.first_seen_at, 'unixepoch') AS first_seen,
       datetime(a.fetched_at, 'unixepoch') AS fetched, a.language, a.section, a.authors, a.subtitle, a.summary,
       a.word_count, a.related_count, a.story, a.copy_of, a.read_at IS NOT NULL AS read,
       a.starred_at IS NOT NULL AS starred, a.later_at IS NOT NULL AS later, a.hidden_by, a.revision, b.text
FROM article a LEFT JOIN source s ON s.id = a.source LEFT JOIN body b ON b.article = a.id
WHERE a.arrival IS NOT NULL;
DROP VIEW IF EXISTS links_readable;
CREATE VIEW links_readable AS     -- where articles lead
SELECT l.article, l.position, l.kind, l.heading, coalesce(l.title, t.title) AS title, coalesce(l.url, t.url) AS url,
       l.target, t.state AS target_state
FROM link l LEFT JOIN article t ON t.id = l.target;
DROP VIEW IF EXISTS changes_readable;
CREATE VIEW changes_readable AS   -- what was done to the marks of articles, and by what
SELECT d.article, datetime(c.at, 'unixepoch') AS at, c.by, c.mark, c.value, c.undo, d.before
FROM changed d JOIN change c ON c.id = d.change;
DROP VIEW IF EXISTS stories_readable;
CREATE VIEW stories_readable AS   -- stories of several articles, or followed
SELECT s.id, s.title, s.size, (SELECT count(DISTINCT source) FROM article WHERE story = s.id) AS sources,
       datetime((SELECT min(moment) FROM article WHERE story = s.id), 'unixepoch') AS first,
       datetime(s.moment, 'unixepoch') AS last, s.followed_at IS NOT NULL AS followed
FROM story s;

-- For primary key autoincrements the next id to use is stored in
-- sqlite_sequence
DELETE FROM main.sqlite_sequence WHERE name='article';
INSERT INTO main.sqlite_sequence VALUES ('article', 3);
DELETE FROM main.sqlite_sequence WHERE name='change';
INSERT INTO main.sqlite_sequence VALUES ('change', 3);
DELETE FROM main.sqlite_sequence WHERE name='source';
INSERT INTO main.sqlite_sequence VALUES ('source', 1);

-- Database header
pragma user_version=5;
pragma application_id=1314353764;

COMMIT TRANSACTION;

-- Restoring writable schema back to default
PRAGMA writable_schema=OFF;

-- We need to force SQLite to reread the schema because otherwise it doesn't
-- know that the virtual tables we inserted directly into sqlite_schema exist.
BEGIN;
CREATE TABLE no_such_table(x,y,z);
ROLLBACK;
