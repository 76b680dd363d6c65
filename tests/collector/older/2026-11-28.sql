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
INSERT INTO "answers" VALUES(1,'pilote','before','204d7472512b5f0c2f27490c3d2df60ed2a2e5d598d134be6a254f563c069c59','a836066675535b7c58a785b7e56ee4a0ee72e3f3336ead25623415fca157d87f','2026-11-28','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','{"code": "0042", "cases": "4"}','');
CREATE TABLE decisions (
	id INTEGER NOT NULL,
	day TEXT NOT NULL,
	kind TEXT NOT NULL,
	action TEXT NOT NULL,
	days INTEGER NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE desk_challenges (
	challenge TEXT NOT NULL,
	expires BIGINT NOT NULL,
	PRIMARY KEY (challenge)
);
CREATE TABLE desk_sessions (
	token TEXT NOT NULL,
	device INTEGER NOT NULL,
	expires BIGINT NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(device) REFERENCES devices (id)
);
CREATE TABLE devices (
	id INTEGER NOT NULL,
	moderator INTEGER NOT NULL,
	name TEXT NOT NULL,
	credential TEXT,
	public_key BLOB,
	sign_count INTEGER NOT NULL,
	seen TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(moderator) REFERENCES moderators (id),
	UNIQUE (credential)
);
CREATE TABLE invitations (
	token TEXT NOT NULL,
	moderator INTEGER NOT NULL,
	expires BIGINT NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(moderator) REFERENCES moderators (id)
);
INSERT INTO "invitations" VALUES('0d5e8017f8f559a364fd41b01033c68335cbdc7b87256594e36fdb6057e4e190',1,1796098492);
CREATE TABLE moderators (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	added TEXT NOT NULL,
	revoked BOOLEAN NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);
INSERT INTO "moderators" VALUES(1,'merle','2026-11-29',0);
CREATE TABLE proofs (
	proof TEXT NOT NULL,
	submission TEXT NOT NULL,
	expires INTEGER NOT NULL,
	PRIMARY KEY (proof)
);
INSERT INTO "proofs" VALUES('preuve-1','204d7472512b5f0c2f27490c3d2df60ed2a2e5d598d134be6a254f563c069c59',4102444800);
CREATE TABLE proposal_agreements (
	proposal INTEGER NOT NULL,
	moderator INTEGER NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (proposal, moderator),
	FOREIGN KEY(proposal) REFERENCES proposals (id)
);
CREATE TABLE proposal_correspondents (
	proposal INTEGER NOT NULL,
	address TEXT NOT NULL,
	told TEXT NOT NULL,
	PRIMARY KEY (proposal),
	FOREIGN KEY(proposal) REFERENCES proposals (id)
);
INSERT INTO "proposal_correspondents" VALUES(1,'merle@forum.example','received');
CREATE TABLE proposal_pictures (
	proposal INTEGER NOT NULL,
	position INTEGER NOT NULL,
	suffix TEXT NOT NULL,
	alt TEXT NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (proposal, position),
	FOREIGN KEY(proposal) REFERENCES proposals (id)
);
INSERT INTO "proposal_pictures" VALUES(1,1,'.png','un schéma',X'89504E47');
CREATE TABLE proposals (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uid TEXT NOT NULL,
	submission TEXT NOT NULL,
	receipt TEXT NOT NULL,
	kind TEXT NOT NULL,
	target TEXT NOT NULL,
	fields TEXT NOT NULL,
	state TEXT NOT NULL,
	since TEXT NOT NULL,
	arrived TEXT NOT NULL,
	words TEXT NOT NULL,
	link TEXT NOT NULL,
	version INTEGER NOT NULL,
	second BOOLEAN NOT NULL,
	urgent BOOLEAN NOT NULL,
	announced BOOLEAN NOT NULL,
	doubts TEXT NOT NULL,
	UNIQUE (uid),
	UNIQUE (submission)
);
INSERT INTO "proposals" VALUES(1,'3d9cf9fafac69be9','s1','3a4ccb4e782a8e4fc9a7ab6cb27dd16669d24fccdf956dbe3dbbc089173a9352','topic','','{"text": ["Deux semaines."], "title": ["Qui remplace en août ?"]}','received','2026-11-28','2026-11-28','','',1,0,0,0,'');
CREATE TABLE publications (
	proposal INTEGER NOT NULL,
	base TEXT NOT NULL,
	files TEXT NOT NULL,
	author TEXT NOT NULL,
	message TEXT NOT NULL,
	decided BIGINT NOT NULL,
	attempts INTEGER NOT NULL,
	next_try BIGINT NOT NULL,
	trouble TEXT NOT NULL,
	PRIMARY KEY (proposal),
	FOREIGN KEY(proposal) REFERENCES proposals (id)
);
CREATE INDEX ix_answers_receipt ON answers (receipt);
CREATE INDEX ix_proposals_receipt ON proposals (receipt);
CREATE INDEX ix_proposals_state ON proposals (state);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('answers',1);
INSERT INTO "sqlite_sequence" VALUES('proposals',1);
COMMIT;
