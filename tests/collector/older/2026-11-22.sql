BEGIN TRANSACTION;
CREATE TABLE answers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	study TEXT NOT NULL,
	wave TEXT NOT NULL,
	submission TEXT NOT NULL,
	receipt TEXT NOT NULL,
	day TEXT NOT NULL,
	definition TEXT NOT NULL,
	answers TEXT NOT NULL,
	doubts TEXT NOT NULL,
	UNIQUE (submission)
);
INSERT INTO "answers" VALUES(1,'pilote','before','204d7472512b5f0c2f27490c3d2df60ed2a2e5d598d134be6a254f563c069c59','a836066675535b7c58a785b7e56ee4a0ee72e3f3336ead25623415fca157d87f','2026-03-26','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"code": "0042", "cases": "4"}','');
INSERT INTO "answers" VALUES(2,'pilote','before','289fb13c3b6820402bef019d6eac4eeb23feec86846d54a59b1517f202a9e125','e443d590f23c2b3262b77caf330f365e1f625c79cbdbed3b819440730253f0e0','2026-03-27','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"code": "0043", "cases": "5"}','too_fast');
CREATE TABLE proofs (
	proof TEXT NOT NULL,
	expires INTEGER NOT NULL,
	PRIMARY KEY (proof)
);
INSERT INTO "proofs" VALUES('preuve-1',4102444800);
CREATE INDEX ix_answers_receipt ON answers (receipt);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('answers',2);
COMMIT;
