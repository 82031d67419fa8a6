-- The store of claims that were checked. The columns from url on are the fields of FactCheck, in their order.
CREATE TABLE checks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again
    key BLOB NOT NULL UNIQUE,  -- FactCheck.key
    generation INTEGER NOT NULL,  -- of the last change
    removed INTEGER NOT NULL DEFAULT 0,  -- 1: by a person
    url TEXT NOT NULL,
    claim TEXT NOT NULL,
    publisher TEXT NOT NULL,
    publisher_site TEXT NOT NULL,
    published TEXT,
    rating TEXT,
    language TEXT,
    title TEXT,
    claimant TEXT,
    claim_date TEXT,
    appearances TEXT NOT NULL,  -- one a line
    modified TEXT,
    licence TEXT,
    retracted INTEGER NOT NULL  -- 1: by its checker
);
CREATE INDEX checks_by_generation ON checks (generation);  -- what changed since
CREATE INDEX checks_by_url ON checks (url);  -- to remove and to show one

-- What readers see.
CREATE VIEW shown AS
SELECT id, url, claim, publisher, publisher_site, published, rating, language, title, claimant, claim_date,
    appearances, modified, licence, retracted
FROM checks WHERE removed = 0 AND retracted = 0;

-- The generation begins with the moment (in ms), so that a store made anew is never taken for the one before.
CREATE TABLE state (generation INTEGER NOT NULL);
INSERT INTO state VALUES (strftime('%s', 'now') * 1000);
PRAGMA user_version = 1;
