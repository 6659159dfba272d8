package doctor

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver under its own name, for looking before anything is opened
)

// Postgres is what a PostgreSQL database says of itself.
type Postgres struct {
	// Failure says why it could not be asked.
	Failure error
	// Folds says that it knows the small letter of Ж.
	Folds    bool
	Encoding string
	// Settings are those of wanted, as this connection has them; what is not there is missing.
	Settings map[string]string
}

// wanted are the settings that matter, each with the values that are good. A setting that the
// database does not know is good.
var wanted = []struct {
	name   string
	good   []string
	danger string // what happens with any other value
}{
	{"synchronous_commit", []string{"on", "remote_apply", "remote_write", "local"}, losing},
	{"fsync", []string{"on"}, losing},
	{"full_page_writes", []string{"on"}, losing},
	{"log_statement", []string{"none", "ddl"}, telling},
	{"log_min_duration_statement", []string{"-1"}, telling},
	{"log_min_duration_sample", []string{"-1"}, telling},
	{"log_duration", []string{"off"}, timing},
	{"log_transaction_sample_rate", []string{"0"}, telling},
	{"log_parameter_max_length_on_error", []string{"0"}, telling},
	{"log_error_verbosity", []string{"terse"}, telling},
	{"auto_explain.log_min_duration", []string{"-1"}, telling},
	{"debug_print_parse", []string{"off"}, telling},
	{"debug_print_rewritten", []string{"off"}, telling},
	{"debug_print_plan", []string{"off"}, telling},
}

const (
	losing  = "a power cut can lose what people were told is kept"
	telling = "its log can hold what people write and who they are"
	timing  = "its log holds when somebody did something, to the millisecond"
)

// lookAtPostgres asks a database by a connection of its own, which is closed again.
func lookAtPostgres(ctx context.Context, address string) (p Postgres) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return Postgres{Failure: err}
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	p.Settings = map[string]string{}
	if p.Failure = db.QueryRowContext(ctx, "SELECT lower('Ж') = 'ж', current_setting('server_encoding')").Scan(&p.Folds, &p.Encoding); p.Failure != nil {
		return p
	}
	for _, w := range wanted {
		var value sql.NullString
		if p.Failure = db.QueryRowContext(ctx, "SELECT current_setting($1, true)", w.name).Scan(&value); p.Failure != nil {
			return p
		}
		if value.Valid {
			p.Settings[w.name] = value.String
		}
	}
	return p
}

// Findings judges the database.
func (p Postgres) Findings() []Finding {
	f := &findings{check: "database"}
	if p.Failure != nil {
		f.mend(fmt.Sprintf("PostgreSQL does not answer: %v.", p.Failure), "See whether it runs (systemctl status postgresql) and look at PORTICO_DATABASE.")
		return f.all
	}
	if p.Encoding != "UTF8" {
		f.mend(fmt.Sprintf("The database keeps text as %s, and not all scripts fit.", p.Encoding), makeAnew)
	}
	if !p.Folds {
		f.mend("The database does not know small Cyrillic letters, and search would find nothing there.", makeAnew)
	}
	for _, w := range wanted {
		value, known := p.Settings[w.name]
		if known && !isGood(value, w.good) {
			f.mend(fmt.Sprintf("PostgreSQL runs with %s = %s: %s.", w.name, value, w.danger),
				fmt.Sprintf("Set %s = %s in postgresql.conf and reload it; app/deploy/postgresql.conf has all such lines.", w.name, w.good[0]))
		}
	}
	return f.or("PostgreSQL answers, knows every script, keeps what it acknowledges and writes no words into its log.")
}

const makeAnew = "Make an empty database with ENCODING UTF8 and locale C.UTF-8 (hosting.md has the line), and move there with a backup."

func isGood(value string, good []string) bool {
	for _, g := range good {
		if strings.EqualFold(value, g) {
			return true
		}
	}
	return false
}
