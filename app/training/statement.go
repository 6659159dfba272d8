package training

import (
	"context"
	"time"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// StatementRow is a statement of learning that somebody made. It says what was learned and
// on which day, and whether it still counts, and it names nobody: the code is kept as a
// fingerprint alone, and the code itself lies in the box of the person who carries it. So
// the row stays when she deletes her account, and what she carries can still be checked.
type StatementRow struct {
	CodeHash []byte `gorm:"primaryKey"`
	Module   string
	Version  int
	Day      string  // on which the module was finished
	Ends     *string // the last day on which it counts; nil for no end
	State    StatementState
}

// TableName names the table.
func (StatementRow) TableName() string { return "statements" }

// StatementState says whether a statement counts.
type StatementState string

// The states. What was taken back stays so: from each of them leads no way to counting.
const (
	Counts  StatementState = "counts"
	Back    StatementState = "back"    // its holder took it back, or asked for that
	Revoked StatementState = "revoked" // a coordinator took it back; its holder makes no new one
	Allowed StatementState = "allowed" // as Revoked, but its holder may make a new one
	Expired StatementState = "expired" // never stored: the clock says it
)

// Statement is what a code reveals.
type Statement struct {
	Module  string
	Version int
	Day     string
	Ends    string // "" for no end
	State   StatementState
}

// Gone reports whether it was taken back, by whomever.
func (st Statement) Gone() bool {
	return st.State == Back || st.State == Revoked || st.State == Allowed
}

// statement is the row on a day. A day that lies before the statement's own, as when a
// clock was put back, changes nothing: the statement is shown with the day that it bears.
func (r StatementRow) statement(today string) Statement {
	st := Statement{Module: r.Module, Version: r.Version, Day: r.Day, State: r.State}
	if r.Ends != nil {
		st.Ends = *r.Ends
	}
	if st.State == Counts && st.Ends != "" && st.Ends < today {
		st.State = Expired
	}
	return st
}

// ends is the last day on which a completion counts, nil when it has no end.
func ends(day string, months int) *string {
	at, err := time.Parse(time.DateOnly, expires(day, months))
	if err != nil {
		return nil
	}
	last := at.AddDate(0, 0, -1).Format(time.DateOnly)
	return &last
}

// Verify says what the code with this fingerprint stands for. It tells nothing about a
// person, so anybody may ask. A code that was never made costs the same look into the same
// table as a real one.
func (s *Service) Verify(ctx context.Context, hash []byte) (Statement, bool, error) {
	rows, err := findStatements(ctx, s.store.DB, [][]byte{hash})
	if err != nil || len(rows) == 0 {
		return Statement{}, false, err
	}
	return rows[0].statement(s.store.Today()), true, nil
}

func findStatements(ctx context.Context, db *gorm.DB, hashes [][]byte) ([]StatementRow, error) {
	rows, err := gorm.G[StatementRow](db).Where("code_hash IN ?", hashes).Find(ctx)
	return rows, store.Translate(err)
}

// papers is what a box of hers holds about her statements of one module: their codes,
// newest first. It is a box beside that of the module, because that one is read at every
// page and this one holds what can be carried away.
type papers struct {
	Codes []string `json:"codes"`
}

func (p papers) newest() string {
	if len(p.Codes) == 0 {
		return ""
	}
	return p.Codes[0]
}

// mostPapers is how many codes a box remembers.
const mostPapers = 20

func papersName(module string) string { return "training/" + module + "/statement" }

// Held is the newest statement that she holds about a module. Code is "" when she has made
// none, or the one she made was dropped long after its end.
type Held struct {
	Code string
	Statement
}

// Held reads it. Only she can: the box opens with her secret alone.
func (s *Service) Held(ctx context.Context, who member.Actor, slug string) (Held, error) {
	if _, err := s.learner(ctx, who, slug); err != nil {
		return Held{}, err
	}
	mine, err := s.papers(ctx, who, slug)
	if err != nil {
		return Held{}, err
	}
	return s.held(ctx, mine)
}

// papers reads the box.
func (s *Service) papers(ctx context.Context, who member.Actor, slug string) (mine papers, err error) {
	_, err = member.ReadBox(ctx, s.store.DB, who, papersName(slug), &mine)
	return mine, err
}

// held looks up the newest code of a box.
func (s *Service) held(ctx context.Context, mine papers) (Held, error) {
	st, ok, err := s.Verify(ctx, s.codeHash(mine.newest()))
	if err != nil || !ok {
		return Held{}, err
	}
	return Held{Code: mine.newest(), Statement: st}, nil
}
