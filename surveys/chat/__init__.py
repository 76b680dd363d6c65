"""The thread of a messaging group as material of a study: an export is read, nobody's name is ever written."""
