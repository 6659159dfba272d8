package backup

import (
	"context"
	"database/sql"
	"fmt"
)

// losses are the rows that were left out because somebody erased them after the backup.
type losses struct {
	rows   map[string]map[string]bool // table to keys
	topics map[string]bool            // with a post less
	voices map[[2]string]bool         // topic and tag of such posts
	sealed [][]byte                   // records that belonged to such rows alone
}

func newLosses() losses {
	return losses{rows: map[string]map[string]bool{}, topics: map[string]bool{}, voices: map[[2]string]bool{}}
}

func (l *losses) has(table string, id []byte) bool { return l.rows[table][string(id)] }

// count is how many rows of a table were left out.
func (l *losses) count(table string) int { return len(l.rows[table]) }

func (l *losses) note(t table, values []any) {
	get := func(column string) []byte {
		if i := t.at(column); i >= 0 {
			b, _ := values[i].([]byte)
			return b
		}
		return nil
	}
	if len(t.key) == 1 {
		if l.rows[t.name] == nil {
			l.rows[t.name] = map[string]bool{}
		}
		l.rows[t.name][string(get(t.key[0]))] = true
	}
	if id := get(owned[t.name]); id != nil {
		l.sealed = append(l.sealed, id)
	}
	if t.name == "posts" {
		topic := string(get("topic_id"))
		l.topics[topic] = true
		if tag := get("tag"); tag != nil {
			l.voices[[2]string{topic, string(tag)}] = true
		}
	}
}

// unmarked are voices without a decision that protects others: those stay, as they do when
// somebody deletes her words.
const unmarked = " AND pause_until IS NULL AND upheld_day IS NULL AND NOT closed AND NOT board_out"

// mend brings the rest to the state in which deleting would have left it: counters of topics,
// empty topics, voices without a word, sealed records that nothing leads to.
func (l *losses) mend(ctx context.Context, tx *sql.Tx, postgres bool) error {
	one, two := place(postgres, 1), place(postgres, 2)
	do := func(statement string, args ...any) error {
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("leave out what was erased: %w", err)
		}
		return nil
	}
	for voice := range l.voices {
		err := do("DELETE FROM voices WHERE topic_id = "+one+" AND tag = "+two+unmarked+
			" AND NOT EXISTS (SELECT 1 FROM posts AS p WHERE p.topic_id = voices.topic_id AND p.tag = voices.tag)", []byte(voice[0]), []byte(voice[1]))
		if err != nil {
			return err
		}
	}
	const shown = "(SELECT COUNT(*) FROM posts AS p WHERE p.topic_id = topics.id AND p.state = 'shown')"
	for topic := range l.topics {
		id := []byte(topic)
		if err := do("UPDATE topics SET shown = "+shown+", listed = listed AND "+shown+" > 0 WHERE id = "+one, id); err != nil {
			return err
		}
		if err := do("DELETE FROM voices WHERE topic_id = "+one+unmarked+" AND NOT EXISTS (SELECT 1 FROM posts AS p WHERE p.topic_id = voices.topic_id)", id); err != nil {
			return err
		}
		err := do("DELETE FROM topics WHERE id = "+one+" AND NOT EXISTS (SELECT 1 FROM posts AS p WHERE p.topic_id = topics.id) AND NOT EXISTS (SELECT 1 FROM voices AS v WHERE v.topic_id = topics.id)", id)
		if err != nil {
			return err
		}
	}
	for _, id := range l.sealed {
		if err := do("DELETE FROM sealed_keys WHERE sealed_id = "+one, id); err != nil {
			return err
		}
		if err := do("DELETE FROM sealed WHERE id = "+one, id); err != nil {
			return err
		}
	}
	return nil
}
