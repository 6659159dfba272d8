package privacy_test

import (
	"context"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm/schema"

	"portico/app/aloud"
	"portico/app/audit"
	"portico/app/career"
	"portico/app/desk"
	"portico/app/directory"
	"portico/app/figures"
	"portico/app/forum"
	"portico/app/job"
	"portico/app/magazine"
	"portico/app/material"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/notice"
	"portico/app/onboarding"
	"portico/app/payroll"
	"portico/app/peerwork"
	"portico/app/practice"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/supervision"
	"portico/app/survey"
	"portico/app/timesheet"
	"portico/app/training"
	"portico/app/translate"
)

// TestTheColumnsOfAccountsAndBoxesAreFrozen keeps everything else off the two tables that
// hold members. A language would name the one Albanian speaker among forty; any time, count
// or mark would join her to what she wrote. Whoever adds a column here has to change this
// test, and should first read why not. A statement of learning that somebody carries on
// paper must lead to nobody either, not even to an hour.
func TestTheColumnsOfAccountsAndBoxesAreFrozen(t *testing.T) {
	w := storetest.New(t)
	for table, want := range map[string]string{
		"accounts": "gen id kdf keep_until lookup salt sealed",
		"boxes":    "addr box keep_until",
		"sessions": "box ends id label_box owner",

		"statements": "code_hash day ends module state version",
	} {
		columns, err := w.DB.Migrator().ColumnTypes(table)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range columns {
			names = append(names, c.Name())
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s has the columns %s; want %s", table, got, want)
		}
	}
}

// models are all rows that code reads and writes.
var models = []any{
	store.Fact{}, job.Job{}, audit.Row{},
	member.Account{}, member.Box{}, member.Session{}, member.Presence{}, member.Batch{}, member.RoleAccount{}, member.RoleKey{}, member.RoleLink{},
	member.Circle{}, member.CircleKey{}, member.SealedRow{}, member.SealedKey{},
	member.Recovery{}, member.RecoveryShare{}, member.RecoveryRequest{}, member.RecoveryHalf{}, member.RecoveryOpening{},
	peerwork.ContractText{}, peerwork.Tick{}, peerwork.Question{}, payroll.Row{}, payroll.ReadRow{},
	forum.Board{}, forum.BoardText{}, forum.Topic{}, forum.Voice{}, forum.Post{}, forum.ReportRow{}, forum.Reaction{}, forum.PictureRow{},
	forum.BoardMember{}, forum.BoardCode{}, forum.BoardClosing{}, forum.Vouch{}, forum.Question{}, forum.QuestionPart{},
	desk.Item{}, desk.Decision{}, desk.Count{}, desk.Shift{}, desk.Aside{}, desk.Debrief{}, desk.HostTerm{}, desk.RuleVersion{},
	peerwork.Organisation{}, peerwork.Profile{}, peerwork.FieldRow{}, peerwork.Consent{}, peerwork.RiskRow{}, peerwork.ViewRow{}, member.Veil{}, career.SkillRow{}, career.TalkRow{}, career.StepRow{}, career.ContactRow{}, career.NoteRow{}, career.PartRow{}, peerwork.ContractRow{}, timesheet.Week{}, timesheet.Line{}, timesheet.Payment{}, timesheet.Month{}, material.Spent{}, translate.Spent{},
	directory.Entry{}, directory.Correction{}, directory.Relation{}, directory.Edition{},
	survey.Survey{}, survey.Text{}, survey.Voice{}, survey.Answer{}, survey.Said{}, aloud.Recording{},
	notice.Notice{}, notice.Part{}, notice.Tip{}, notice.TipText{},
	practice.Practice{}, practice.Correction{}, practice.Interview{},
	material.Material{}, material.Want{}, material.Person{}, material.Version{}, material.Suggestion{}, material.Consultation{}, material.Question{},
	material.Voice{}, material.Reply{}, material.Decision{}, material.Ballot{}, material.Vote{}, material.Feedback{},
	material.Story{}, material.Consent{}, material.Term{}, material.PrintRun{}, material.Recording{},
	magazine.Issue{}, magazine.Editor{}, magazine.Topic{}, magazine.Want{}, magazine.Piece{}, magazine.Ballot{}, magazine.Copies{}, magazine.Said{},
	figures.Frozen{}, figures.Release{}, figures.Voice{},
	supervision.Relation{}, supervision.Entry{}, supervision.ActionRow{}, supervision.Link{}, supervision.Debrief{}, supervision.Requirement{},
	supervision.Member{}, supervision.Present{}, supervision.ReadRow{}, supervision.Code{},
	training.StatementRow{},
	training.UnitRow{}, training.CompletionRow{}, training.WaiverRow{}, training.PracticeRow{}, training.AssignmentRow{}, training.ShelfRow{},
	meeting.Meeting{}, meeting.Seat{},
	onboarding.PageRow{}, onboarding.TextRow{}, onboarding.CriteriaRow{}, onboarding.Posting{}, onboarding.Candidacy{}, onboarding.Step{}, onboarding.Message{},
	onboarding.Signature{}, onboarding.Vote{}, onboarding.Voter{}, onboarding.Ballot{}, onboarding.Choice{}, onboarding.Appeal{}, onboarding.Panelist{},
	onboarding.Offer{}, onboarding.Farewell{}, onboarding.Figure{}, onboarding.Round{}, onboarding.Proposal{},
	translate.DocumentRow{}, translate.SegmentRow{}, translate.LanguageRow{}, translate.TargetRow{}, translate.HistoryRow{}, translate.MemoryRow{}, translate.TermRow{},
	translate.ReaderRow{}, translate.BatchRow{}, translate.EgressRow{}, translate.BackRow{}, translate.ReadingRow{}, translate.SpendingRow{}, translate.AnswerRow{},
}

func TestAFreshSchemaEqualsTheModels(t *testing.T) {
	w := storetest.New(t)
	known := map[string]bool{}
	for _, model := range models {
		table := model.(schema.Tabler).TableName()
		known[table] = true
		columns, err := w.DB.Migrator().ColumnTypes(table)
		if err != nil {
			t.Fatal(err)
		}
		inSchema := map[string]bool{}
		for _, c := range columns {
			inSchema[c.Name()] = true
		}
		kind := reflect.TypeOf(model)
		for i := range kind.NumField() {
			name := schema.NamingStrategy{}.ColumnName(table, kind.Field(i).Name)
			if !inSchema[name] {
				t.Errorf("%s.%s is in the code and not in the schema", table, name)
			}
			delete(inSchema, name)
		}
		for name := range inSchema {
			t.Errorf("%s.%s is in the schema and not in the code", table, name)
		}
	}
	all, err := w.DB.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range all {
		if !known[table] && table != "goose_db_version" && !strings.HasPrefix(table, "post_words") && !strings.HasPrefix(table, "sqlite_") {
			t.Errorf("table %s is in the schema and not in the code", table)
		}
	}
}

var (
	tableStart  = regexp.MustCompile(`^CREATE TABLE (\w+)`)
	tableDrop   = regexp.MustCompile(`^DROP TABLE (\w+)`)
	tableRename = regexp.MustCompile(`^ALTER TABLE (\w+) RENAME TO (\w+)`)
	tableAlter  = regexp.MustCompile(`^ALTER TABLE (\w+)`)
	columnLine  = regexp.MustCompile(`^  (\w+) (TEXT|INTEGER|BIGINT|BOOLEAN|BLOB|BYTEA)\b(.*?),?$`)
	columnAdded = regexp.MustCompile(`ADD COLUMN (\w+) (TEXT|INTEGER|BIGINT|BOOLEAN|BLOB|BYTEA)\b((?: NOT NULL| DEFAULT (?:'[^']*'|\w+))*)`)
	columnGone  = regexp.MustCompile(`DROP COLUMN (\w+)`)
	columnRest  = regexp.MustCompile(` CHECK.*| DEFAULT (?:'[^']*'|\w+)`)
)

// layout reads the migrations of one engine as "table.column TYPE rest", with the names
// that differ by engine made equal. SQLite writes a table anew where PostgreSQL alters it;
// both come out as the table that stands in the end.
func layout(t *testing.T, postgres bool) (files, lines []string) {
	t.Helper()
	all := store.Migrations(postgres)
	names, err := fs.Glob(all, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	tables := map[string][]string{}
	column := func(table, name, kind, rest string) {
		rest = strings.ReplaceAll(columnRest.ReplaceAllString(rest, ""), "_new (", " (")
		tables[table] = append(tables[table], name+" "+strings.Replace(kind, "BYTEA", "BLOB", 1)+rest)
	}
	for _, name := range names {
		text, err := fs.ReadFile(all, name)
		if err != nil {
			t.Fatal(err)
		}
		table := ""
		for _, line := range strings.Split(string(text), "\n") {
			if m := tableStart.FindStringSubmatch(line); m != nil {
				table = m[1]
			} else if m := tableRename.FindStringSubmatch(line); m != nil {
				tables[m[2]] = tables[m[1]]
				delete(tables, m[1])
			} else if m := tableAlter.FindStringSubmatch(line); m != nil {
				table = m[1]
			} else if m := tableDrop.FindStringSubmatch(line); m != nil {
				delete(tables, m[1])
			}
			if m := columnLine.FindStringSubmatch(line); m != nil {
				column(table, m[1], m[2], m[3])
			}
			for _, m := range columnAdded.FindAllStringSubmatch(line, -1) {
				column(table, m[1], m[2], m[3])
			}
			for _, m := range columnGone.FindAllStringSubmatch(line, -1) {
				tables[table] = slices.DeleteFunc(tables[table], func(c string) bool { return strings.HasPrefix(c, m[1]+" ") })
			}
		}
	}
	for table, columns := range tables {
		for _, c := range columns {
			lines = append(lines, table+"."+c)
		}
	}
	slices.Sort(lines)
	return names, lines
}

func TestBothEnginesHaveTheSameMigrationsAndColumns(t *testing.T) {
	sqliteFiles, sqlite := layout(t, false)
	postgresFiles, postgres := layout(t, true)
	if !slices.Equal(sqliteFiles, postgresFiles) {
		t.Errorf("the migrations are %v and %v", sqliteFiles, postgresFiles)
	}
	if len(sqlite) < 100 {
		t.Fatalf("only %d columns were read: the test does not read the files rightly", len(sqlite))
	}
	for _, line := range sqlite {
		if !slices.Contains(postgres, line) {
			t.Errorf("only on SQLite: %s", line)
		}
	}
	for _, line := range postgres {
		if !slices.Contains(sqlite, line) {
			t.Errorf("only on PostgreSQL: %s", line)
		}
	}
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	w := storetest.New(t)
	ctx := context.Background()
	if err := w.DB.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)").Error; err != nil {
		t.Fatal(err)
	}
	if err := w.Migrate(ctx); err != store.ErrNewer {
		t.Errorf("got %v; want the refusal of a newer database", err)
	}
}
