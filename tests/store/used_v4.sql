-- A store of version 4 that was in use, as the apsw shell dumps it.

-- The values of various per-database settings
PRAGMA page_size=16384;
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
INSERT INTO announcement VALUES(1,1,1772499600,1,852412189,1109449682,'id-1');
INSERT INTO announcement VALUES(1,3,1772517600,0,1113142260,3382195708,'id-2');
INSERT INTO announcement VALUES(1,5,1772553600,1,400343970,4127077032,'id-4');
INSERT INTO announcement VALUES(1,7,1772625600,1,1236783399,106569928,NULL);
INSERT INTO announcement VALUES(2,4,1772535600,1,747305420,3318896145,'id-3');
INSERT INTO announcement VALUES(2,6,1772571600,1,1586988801,895895348,'id-5');
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
INSERT INTO article VALUES(1,1772499600,1,1,'full',0,NULL,1772625600,NULL,NULL,NULL,NULL,1,1772625600,1772625600,1772625600,0,19,1,'https://post.example/1','Ferry Marigold stuck in the ice','2026-03-03T01:00:00+00:00',NULL,'en',NULL,NULL,NULL,NULL,'','','','https://post.example/feed');
INSERT INTO article VALUES(2,1772625600,NULL,NULL,'headline',0,1772625600,NULL,NULL,NULL,1,NULL,1,1772625600,NULL,NULL,0,NULL,0,'https://post.example/9','Nine days of ice',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','https://post.example/1');
INSERT INTO article VALUES(3,1772517600,2,1,'full',0,1772625600,NULL,NULL,NULL,NULL,NULL,1,1772625600,1772625600,1772625600,0,16,0,'https://post.example/2','Passengers of the Marigold taken ashore','2026-03-03T06:00:00+00:00',NULL,'en',NULL,NULL,NULL,NULL,'','','','https://post.example/feed');
INSERT INTO article VALUES(4,1772535600,3,2,'full',0,NULL,NULL,NULL,NULL,NULL,NULL,1,1772625600,1772625600,1772625600,0,18,0,'https://lamp.example/3','フェリー「マリゴールド」氷に閉ざされる','2026-03-03T11:00:00+00:00',NULL,'ja',NULL,NULL,NULL,NULL,'','','','https://lamp.example/feed');
INSERT INTO article VALUES(5,1772553600,4,1,'full',0,NULL,NULL,NULL,'no bread',NULL,NULL,1,1772625600,1772625600,1772625600,0,15,0,'https://post.example/4','Bakers of Port Oller ask for flour','2026-03-03T16:00:00+00:00',NULL,'en',NULL,NULL,NULL,NULL,'','','','https://post.example/feed');
INSERT INTO article VALUES(6,1772571600,5,2,'full',0,NULL,NULL,NULL,NULL,NULL,NULL,1,1772625600,1772625600,1772625600,0,14,0,'https://lamp.example/5','灯台祭り、来月五日に','2026-03-03T21:00:00+00:00',NULL,'ja',NULL,NULL,NULL,NULL,'','','','https://lamp.example/feed');
INSERT INTO article VALUES(7,1772625600,6,1,'feed-only',1,NULL,NULL,NULL,NULL,NULL,NULL,1,1772625600,NULL,NULL,0,NULL,0,'https://post.example/8','Snow tonight','2026-03-04T12:00:00+00:00',NULL,NULL,NULL,NULL,'this is the text of the feed; the page has not been read',NULL,'','','Snow is on its way.','https://post.example/feed');
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
CREATE INDEX article_hidden ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NOT NULL;
CREATE INDEX article_later ON article (moment) WHERE arrival IS NOT NULL AND hidden_by IS NULL AND later_at IS NOT NULL;
CREATE TRIGGER article_links BEFORE DELETE ON article BEGIN  -- a link outlives the article that it leads to
  UPDATE link SET url = coalesce(url, old.url), title = coalesce(title, old.title) WHERE target = old.id;
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
INSERT INTO article_tag VALUES(2,'ice',1);
-- Triggers and indices on  article_tag
CREATE INDEX article_tag_tag ON article_tag (tag, article);

-- Table  article_terms
DROP TABLE IF EXISTS article_terms;
CREATE TABLE article_terms (      -- the terms that tell most about an article
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,  -- whose
  ids      TEXT NOT NULL,                               -- JSON array of term.id, the most telling first
  weights  TEXT NOT NULL                                -- JSON array: how much each says about the article, in tenths
) STRICT;
INSERT INTO article_terms VALUES(1,'[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]','[24,24,24,21,21,10,10,10,10,10,10,10,10,10,10,10,10,3,3]');
INSERT INTO article_terms VALUES(2,'[20,3]','[21,21]');
INSERT INTO article_terms VALUES(3,'[21,22,2,16,23,24,25,26,12,13,15,3,18]','[24,21,24,24,10,10,10,10,10,10,10,10,8]');
INSERT INTO article_terms VALUES(4,'[27,28,29,30,31,32,33,34,35,36,37,38]','[24,24,10,10,10,5,5,5,5,5,5,5]');
INSERT INTO article_terms VALUES(5,'[39,40,41,8,9,10,42,43,20,44]','[24,24,21,24,24,24,10,10,10,3]');
INSERT INTO article_terms VALUES(6,'[45,46,47,48,49,50,51,52,53,54,55,56,57,58]','[24,24,12,12,12,12,12,10,10,10,5,5,5,5]');
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
INSERT INTO article_url VALUES('lamp.example/3',4,'https://lamp.example/3');
INSERT INTO article_url VALUES('lamp.example/5',6,'https://lamp.example/5');
INSERT INTO article_url VALUES('post.example/1',1,'https://post.example/1');
INSERT INTO article_url VALUES('post.example/2',3,'https://post.example/2');
INSERT INTO article_url VALUES('post.example/4',5,'https://post.example/4');
INSERT INTO article_url VALUES('post.example/8',7,'https://post.example/8');
INSERT INTO article_url VALUES('post.example/9',2,'https://post.example/9');
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
INSERT INTO body VALUES(1,1772625600,NULL,NULL,NULL,'[[0,65],[66,103]]','The ferry Marigold lay fast in the ice off Port Oller on Tuesday.
Pilot Ada Quay counted 63 passengers.');
INSERT INTO body VALUES(3,1772625600,NULL,NULL,NULL,'[[0,61],[62,94]]','All 63 passengers of the Marigold walked ashore over the ice.
Ada Quay praised their patience.');
INSERT INTO body VALUES(4,1772625600,NULL,NULL,NULL,'[[0,26],[27,40]]','三島の港でフェリー「マリゴールド」が氷に閉ざされた。
乗客六十三人は無事だった。');
INSERT INTO body VALUES(5,1772625600,NULL,NULL,NULL,'[[0,50],[51,79]]','The bakers of Port Oller have flour for nine days.
The council meets on Friday.');
INSERT INTO body VALUES(6,1772625600,NULL,NULL,NULL,'[[0,15],[16,30]]','灯台祭りは来月五日に開かれる。
花火は三百発を予定している。');

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
INSERT INTO change VALUES(1,1772625600,'you','starred','yes','yes');
INSERT INTO change VALUES(2,1772625600,'you','read','yes','yes');
INSERT INTO change VALUES(3,1772625600,'rule bread','hidden','no bread','no');
INSERT INTO change VALUES(4,1772625600,'you','tag','ice','yes');
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
INSERT INTO changed VALUES(1,1,NULL,NULL);
INSERT INTO changed VALUES(2,2,NULL,NULL);
INSERT INTO changed VALUES(2,3,NULL,NULL);
INSERT INTO changed VALUES(3,5,NULL,NULL);
INSERT INTO changed VALUES(4,2,NULL,NULL);
-- Triggers and indices on  changed
CREATE INDEX changed_article ON changed (article);

-- Table  counter
DROP TABLE IF EXISTS counter;
CREATE TABLE counter (            -- totals that are kept, so that nothing is ever counted
  name   TEXT PRIMARY KEY,        -- arrivals: numbers given out so far · documents: articles read for terms so far
  value  INTEGER NOT NULL         -- how many
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES('arrivals',6);
INSERT INTO counter VALUES('documents',6);
INSERT INTO counter VALUES('hidden',1);
INSERT INTO counter VALUES('later',0);
INSERT INTO counter VALUES('listed',5);
INSERT INTO counter VALUES('starred',1);
INSERT INTO counter VALUES('unread',4);
INSERT INTO counter VALUES('visited',0);

-- Table  dropped
DROP TABLE IF EXISTS dropped;
CREATE TABLE dropped (            -- articles that retention took away: a source that still names them brings none back
  key         TEXT PRIMARY KEY,                         -- as in article_url
  dropped_at  INTEGER NOT NULL                          -- when it was taken away, or last named since
) STRICT, WITHOUT ROWID;

-- Table  feed_text
DROP TABLE IF EXISTS feed_text;
CREATE TABLE feed_text (          -- what was announced and not read for its text yet; a row goes when its article is kept
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,-- what was announced
  html     TEXT NOT NULL                                -- the text as the feed carries it, untrusted; '' = a headline alone
) STRICT;
INSERT INTO feed_text VALUES(7,'<p>Snow is on its way.</p>');

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
INSERT INTO link VALUES(1,0,'related',2,'Read also',NULL,NULL);
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
INSERT INTO posting VALUES(1,1);
INSERT INTO posting VALUES(2,1);
INSERT INTO posting VALUES(2,3);
INSERT INTO posting VALUES(3,1);
INSERT INTO posting VALUES(3,2);
INSERT INTO posting VALUES(3,3);
INSERT INTO posting VALUES(4,1);
INSERT INTO posting VALUES(5,1);
INSERT INTO posting VALUES(6,1);
INSERT INTO posting VALUES(7,1);
INSERT INTO posting VALUES(8,1);
INSERT INTO posting VALUES(8,5);
INSERT INTO posting VALUES(9,1);
INSERT INTO posting VALUES(9,5);
INSERT INTO posting VALUES(10,1);
INSERT INTO posting VALUES(10,5);
INSERT INTO posting VALUES(11,1);
INSERT INTO posting VALUES(12,1);
INSERT INTO posting VALUES(12,3);
INSERT INTO posting VALUES(13,1);
INSERT INTO posting VALUES(13,3);
INSERT INTO posting VALUES(14,1);
INSERT INTO posting VALUES(15,1);
INSERT INTO posting VALUES(15,3);
INSERT INTO posting VALUES(16,1);
INSERT INTO posting VALUES(16,3);
INSERT INTO posting VALUES(17,1);
INSERT INTO posting VALUES(18,1);
INSERT INTO posting VALUES(18,3);
INSERT INTO posting VALUES(19,1);
INSERT INTO posting VALUES(20,2);
INSERT INTO posting VALUES(20,5);
INSERT INTO posting VALUES(21,3);
INSERT INTO posting VALUES(22,3);
INSERT INTO posting VALUES(23,3);
INSERT INTO posting VALUES(24,3);
INSERT INTO posting VALUES(25,3);
INSERT INTO posting VALUES(26,3);
INSERT INTO posting VALUES(27,4);
INSERT INTO posting VALUES(28,4);
INSERT INTO posting VALUES(29,4);
INSERT INTO posting VALUES(30,4);
INSERT INTO posting VALUES(31,4);
INSERT INTO posting VALUES(32,4);
INSERT INTO posting VALUES(33,4);
INSERT INTO posting VALUES(34,4);
INSERT INTO posting VALUES(35,4);
INSERT INTO posting VALUES(36,4);
INSERT INTO posting VALUES(37,4);
INSERT INTO posting VALUES(38,4);
INSERT INTO posting VALUES(39,5);
INSERT INTO posting VALUES(40,5);
INSERT INTO posting VALUES(41,5);
INSERT INTO posting VALUES(42,5);
INSERT INTO posting VALUES(43,5);
INSERT INTO posting VALUES(44,5);
INSERT INTO posting VALUES(45,6);
INSERT INTO posting VALUES(46,6);
INSERT INTO posting VALUES(47,6);
INSERT INTO posting VALUES(48,6);
INSERT INTO posting VALUES(49,6);
INSERT INTO posting VALUES(50,6);
INSERT INTO posting VALUES(51,6);
INSERT INTO posting VALUES(52,6);
INSERT INTO posting VALUES(53,6);
INSERT INTO posting VALUES(54,6);
INSERT INTO posting VALUES(55,6);
INSERT INTO posting VALUES(56,6);
INSERT INTO posting VALUES(57,6);
INSERT INTO posting VALUES(58,6);

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
INSERT INTO search_data VALUES(1,X'05814A');
INSERT INTO search_data VALUES(10,X'000000020105050005010101020101030101040101050101');
INSERT INTO search_data VALUES(137438953473,X'000000B903303633010103616461010107636F756E74656401010466617374010204657272790101036963650102016E0101036C61790101086D617269676F6C640101036F66660102046C6C65720102016E01010A70617373656E67657273010204696C6F740102036F727401010471756179010105737475636B010103746865010206756573646179010108EE808066657272790104036963650105016E0104086D617269676F6C64010405737475636B010403746865010405060A07070604060B0607040D0706070806090B06040B08');
INSERT INTO search_data VALUES(274877906945,X'000000AF033036330301036164610302026C6C03020573686F72650301036963650301086D617269676F6C640301026F6603020376657203010A70617373656E676572730303067469656E63650302067261697365640301047175617903010574616B656E0302026865030402697203010677616C6B6564030109EE80806173686F72650304086D617269676F6C640304026F6603040A70617373656E6765727303040574616B656E0305026865030405060508060B05060D090907080505090C0B050D08');
INSERT INTO search_data VALUES(412316860417,X'000001780730E3818CE6B0B704030495E3828C04030496E381950403019F040304A0E381A3040304A3E3819F040304A7E38395040304ABE99689040304AEE6B8AF040304AFE784A1040202828B0403048CE3819F040502828B040304A7E383AA040304B4E383BC040202838904030495E382A70403049EE383AA040304AAE382B404050283BC040304ABE38389040301BC040403E383AB040106E4B889E4BABA040403E5B3B6040205B997E5AEA2040205BA8BE381A0040304BAE381AF040106E585ADE58D810402058D81E4B889040205AEA2E585AD040205B3B6E381AE040106E6B0B7E381AB040205B8AFE381A7040106E784A1E4BA8B040106E99689E38196040109EE8080E38195E3828C04060496E38195040604ABE99689040502828B0406048CE3828B040604A7E383AA040604B4E383BC040502838904060495E382A70406049EE383AA040604AAE382B404080283BC040604ABE38389040601BC040703E383AB040406E6B0B7E381AB040406E99689E3819604040907070407070707070705070507070507070705070406090608080709080808090809090C070705070707050707070507040609');
INSERT INTO search_data VALUES(549755813889,X'0000009E043061736B05010662616B657273050107636F756E63696C05010464617973050105666C6F75720502026F720502057269646179050104686176650501056D656574730501046E696E650501026F660502046C6C65720502016E050104706F7274050103746865050106EE808061736B05040662616B657273050405666C6F75720505026F720504026F660505046C6C6572050404706F7274050406090A070805080708070507040706090908050507');
INSERT INTO search_data VALUES(687194767361,X'0000011B0730E38184E3828B0603048BE3828C06030497E381A6060304A6E38184060301AB060403E9968B060304AFE4B889060403E69DA5060202828A060403E381AF0603018B0603048CE3828B06030492E4BA88060106E4B889E799BE060205BA88E5AE9A06030494E697A5060106E58FB0E7A5AD060205AE9AE38197060106E697A5E381AB0602059C88E4BA940602059DA5E69C88060106E781ABE381AF060304AFE58FB006020599BAE38292060304BEE799BA060205A5ADE3828A060106E88AB1E781AB060106E9968BE3818B060106EE8080E381AB060502828A060406E4BA94E697A5060406E58FB0E7A5AD060406E697A5E381AB0605059C88E4BA940605059DA5E69C88060406E781AFE58FB0060505A5ADE3828A0604090707070406070605060407070908070908090808090708070809090905090909080809');

-- Table  search_docsize
DROP TABLE IF EXISTS search_docsize;
CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO search_docsize VALUES(1,X'1F');
INSERT INTO search_docsize VALUES(3,X'1C');
INSERT INTO search_docsize VALUES(4,X'45');
INSERT INTO search_docsize VALUES(5,X'1D');
INSERT INTO search_docsize VALUES(6,X'2D');

-- Table  search_idx
DROP TABLE IF EXISTS search_idx;
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_idx VALUES(2,X'',2);
INSERT INTO search_idx VALUES(3,X'',2);
INSERT INTO search_idx VALUES(4,X'',2);
INSERT INTO search_idx VALUES(5,X'',2);

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
INSERT INTO source VALUES(1,'Harbour Post','https://post.example/feed',NULL,'feed',NULL,0,NULL,NULL,1772625600,NULL,NULL,0,NULL,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO source VALUES(2,'三島灯報','https://lamp.example/feed',NULL,'feed','ja',0,NULL,NULL,1772625600,NULL,NULL,0,NULL,0,0,NULL,NULL,NULL,NULL,NULL);

-- Table  source_tag
DROP TABLE IF EXISTS source_tag;
CREATE TABLE source_tag (         -- tags that the user gave to sources
  source    INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,-- the tagged one
  tag       TEXT NOT NULL COLLATE NOCASE,               -- case does not matter
  position  INTEGER NOT NULL,                           -- the order in which tags were given
  PRIMARY KEY (source, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO source_tag VALUES(1,'coast',1);

-- Table  term
DROP TABLE IF EXISTS term;
CREATE TABLE term (               -- words, names and figures that tell stories apart
  id         INTEGER PRIMARY KEY,                       -- for the tables below
  term       TEXT NOT NULL UNIQUE,                      -- folded word or figure · @name · ~characters cut from a run
  documents  INTEGER NOT NULL DEFAULT 0                 -- articles in which it was ever found
) STRICT;
INSERT INTO term VALUES(1,'ferry',1);
INSERT INTO term VALUES(2,'marigold',2);
INSERT INTO term VALUES(3,'ice',3);
INSERT INTO term VALUES(4,'stuck',1);
INSERT INTO term VALUES(5,'@Ferry Marigold',1);
INSERT INTO term VALUES(6,'lay',1);
INSERT INTO term VALUES(7,'fast',1);
INSERT INTO term VALUES(8,'port',2);
INSERT INTO term VALUES(9,'oller',2);
INSERT INTO term VALUES(10,'@Port Oller',2);
INSERT INTO term VALUES(11,'pilot',1);
INSERT INTO term VALUES(12,'ada',2);
INSERT INTO term VALUES(13,'quay',2);
INSERT INTO term VALUES(14,'counted',1);
INSERT INTO term VALUES(15,'63',2);
INSERT INTO term VALUES(16,'passengers',2);
INSERT INTO term VALUES(17,'@Pilot Ada Quay',1);
INSERT INTO term VALUES(18,'@Marigold',2);
INSERT INTO term VALUES(19,'@Tuesday',1);
INSERT INTO term VALUES(20,'nine',2);
INSERT INTO term VALUES(21,'ashore',1);
INSERT INTO term VALUES(22,'taken',1);
INSERT INTO term VALUES(23,'walked',1);
INSERT INTO term VALUES(24,'praised',1);
INSERT INTO term VALUES(25,'patience',1);
INSERT INTO term VALUES(26,'@Ada Quay',1);
INSERT INTO term VALUES(27,'フェリー',1);
INSERT INTO term VALUES(28,'マリゴールド',1);
INSERT INTO term VALUES(29,'三島',1);
INSERT INTO term VALUES(30,'乗客六十三人',1);
INSERT INTO term VALUES(31,'無事',1);
INSERT INTO term VALUES(32,'~三島',1);
INSERT INTO term VALUES(33,'~乗客',1);
INSERT INTO term VALUES(34,'~客六',1);
INSERT INTO term VALUES(35,'~六十',1);
INSERT INTO term VALUES(36,'~十三',1);
INSERT INTO term VALUES(37,'~三人',1);
INSERT INTO term VALUES(38,'~無事',1);
INSERT INTO term VALUES(39,'bakers',1);
INSERT INTO term VALUES(40,'flour',1);
INSERT INTO term VALUES(41,'ask',1);
INSERT INTO term VALUES(42,'council',1);
INSERT INTO term VALUES(43,'meets',1);
INSERT INTO term VALUES(44,'@Friday',1);
INSERT INTO term VALUES(45,'灯台祭',1);
INSERT INTO term VALUES(46,'来月五日',1);
INSERT INTO term VALUES(47,'~灯台',1);
INSERT INTO term VALUES(48,'~台祭',1);
INSERT INTO term VALUES(49,'~来月',1);
INSERT INTO term VALUES(50,'~月五',1);
INSERT INTO term VALUES(51,'~五日',1);
INSERT INTO term VALUES(52,'花火',1);
INSERT INTO term VALUES(53,'三百発',1);
INSERT INTO term VALUES(54,'予定',1);
INSERT INTO term VALUES(55,'~花火',1);
INSERT INTO term VALUES(56,'~三百',1);
INSERT INTO term VALUES(57,'~百発',1);
INSERT INTO term VALUES(58,'~予定',1);

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

-- For primary key autoincrements the next id to use is stored in
-- sqlite_sequence
DELETE FROM main.sqlite_sequence WHERE name='article';
INSERT INTO main.sqlite_sequence VALUES ('article', 7);
DELETE FROM main.sqlite_sequence WHERE name='change';
INSERT INTO main.sqlite_sequence VALUES ('change', 4);
DELETE FROM main.sqlite_sequence WHERE name='source';
INSERT INTO main.sqlite_sequence VALUES ('source', 2);

-- Database header
pragma user_version=4;
pragma application_id=1314353764;

COMMIT TRANSACTION;

-- Restoring writable schema back to default
PRAGMA writable_schema=OFF;

-- We need to force SQLite to reread the schema because otherwise it doesn't
-- know that the virtual tables we inserted directly into sqlite_schema exist.
BEGIN;
CREATE TABLE no_such_table(x,y,z);
ROLLBACK;
