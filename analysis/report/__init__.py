"""From the tables to what is published: the page and its words, its files, the review of moderators."""
