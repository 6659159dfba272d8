package translate

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/store"
)

// Forget loses all that was made of a text: its languages and their history, what readers
// said, and what the memory took from this text and from every earlier one. Drafts that a
// machine once gave are kept by the hash of their question, which cannot be found again, so
// all of them go: they only save money. The log of what left holds no words and stays.
func (s *Service) Forget(ctx context.Context, tx *gorm.DB, doc store.ID, texts []string) error {
	var hashes [][]byte
	for _, text := range texts {
		pieces, _ := Cut(text)
		for _, p := range pieces {
			hashes = append(hashes, sourceHash(tokens(p.Text)))
		}
	}
	for part := range slices.Chunk(hashes, 200) {
		if _, err := gorm.G[MemoryRow](tx).Where("source_hash IN ?", part).Delete(ctx); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		"DELETE FROM translate_memory WHERE document_id = ?",
		"DELETE FROM translate_history WHERE segment_id IN (SELECT id FROM translate_segments WHERE document_id = ?)",
		"DELETE FROM translate_backs WHERE segment_id IN (SELECT id FROM translate_segments WHERE document_id = ?)",
		"DELETE FROM translate_targets WHERE document_id = ?", "DELETE FROM translate_batches WHERE document_id = ?",
		"DELETE FROM translate_readings WHERE document_id = ?", "DELETE FROM translate_segments WHERE document_id = ?",
		"DELETE FROM translate_languages WHERE document_id = ?", "DELETE FROM translate_documents WHERE id = ?",
	} {
		if err := tx.WithContext(ctx).Exec(statement, doc).Error; err != nil {
			return err
		}
	}
	return tx.WithContext(ctx).Exec("DELETE FROM translate_answers").Error
}
