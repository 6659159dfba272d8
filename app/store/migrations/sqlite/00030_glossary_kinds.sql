-- +goose Up

-- What a word of the glossary asks for: the words to use, to stand as it is, or only what
-- must not be said. What is there already says which words to use.
ALTER TABLE translate_terms ADD COLUMN kind TEXT NOT NULL DEFAULT 'preferred' CHECK (kind IN ('preferred', 'keep', 'refused'));
