-- What feeds carry is kept as it came, and made into articles after all headlines are in.

CREATE TABLE feed_text (          -- what was announced and not read for its text yet; a row goes when its article is kept
  article  INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,-- what was announced
  html     TEXT NOT NULL                                -- the text as the feed carries it, untrusted; '' = a headline alone
) STRICT;
