package server_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portico/app/store/storetest"
)

// This is the whole table of who reads what about somebody's work: every field of profile,
// contract, pay, risk, supervision, onboarding, career and conflict against every person of
// a team, both ways. What somebody may read she has to find on some page of hers; what she
// may not read must stand on no page, in no file, no search and no log, and what is sealed
// not in the database either.
//
// What bad input does is shown beside each area:
//
//	overlapping contracts           peerwork: TestContractsOnOneDay
//	hours over 24, below zero       timesheet: TestALineIsCheckedFieldByField, TestTheDayIsFullAlsoWhenTwoLinesComeAtOnce
//	negative and odd amounts        peerwork: TestAContractIsCheckedFieldByField; timesheet: TestNumbersAreReadInEveryScript
//	a vote after it closed          onboarding: TestAVoteRefusesWhatCannotBe
//	a signer without the key        supervision: TestWhoHasNoKeyForTheWordsIsTold
//	a supervisor who is removed     supervision: TestWhenHerSupervisorIsGoneSheSignsAloneAndGoesOn
//	  between the entry and her signature
//	a changed clock                 timesheet: TestAClockThatWentBackChangesNothing; supervision: TestNoPromiseGoesWrongAtAnyTime
//	the lost second factor of a     supervision: TestAChangedKeyThatFollowsFromTheAgreementGoesOn;
//	  supervisor                    member: TestNewKeysAskForPassphraseAndCode
//	two servers at one moment       timesheet: TestApprovingDisputingAndPayingAtOnceEndInOneClearState

// sealedField is one field with the word that stands in it and in nothing else.
type sealedField struct {
	name    string
	words   []string // the ways in which a page may write it
	readers []string // columns
	clear   string   // why it is not sealed; "" for what is
	gone    bool     // it lay open once and was taken away: no table holds it any more
}

// columns are the people of the matrix, in its order.
var columns = []string{
	"visitor", "member", "candidate", "applicant", "owner", "mate", "other peer", "leader", "contact", "mediator",
	"supervisor", "other supervisor", "moderator", "payroll", "coordinator", "late coordinator", "admin",
}

// compare holds what was found against what should be, and says each difference.
func compare(fields []sealedField, found map[string]map[string]string) (wrong []string) {
	for _, f := range fields {
		for _, column := range columns {
			at, seen := found[column][f.name]
			switch may := slices.Contains(f.readers, column); {
			case seen && !may:
				wrong = append(wrong, fmt.Sprintf("%s is readable by %s at %s", f.name, column, at))
			case !seen && may:
				wrong = append(wrong, fmt.Sprintf("%s is found nowhere by %s, who may read it", f.name, column))
			}
		}
	}
	return wrong
}

// TestMatrixOfEveryFieldAndEveryReader builds the matrix and holds it against the pages.
func TestMatrixOfEveryFieldAndEveryReader(t *testing.T) {
	m := newMatrix(t)
	m.writeProfile(t)
	m.writeWork(t)
	m.writeSupervision(t)
	m.writeCareer(t)
	m.writeJoining(t)
	m.writePanel(t)
	m.later(t)
	for _, column := range columns {
		m.crawl(t, column)
	}
	m.search(t)
	for _, wrong := range compare(m.fields, m.found) {
		t.Error(wrong)
	}
	m.print(t)
	m.dumpHolds(t)
}

// dumpHolds looks for the sealed words where a thief would: in every table, in the raw files
// and in the log of the program. Clear is only what the table of fields says, and why.
func (m *matrix) dumpHolds(t *testing.T) {
	t.Helper()
	logs, tables := strings.ToLower(m.logs.String()), strings.ToLower(dumpAll(t, m.house))
	stolen := tables
	if !storetest.Postgres() {
		for _, suffix := range []string{"", "-wal"} {
			raw, err := os.ReadFile(filepath.Join(m.data, "portico.db"+suffix))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			stolen += strings.ToLower(string(raw))
		}
	}
	for _, f := range m.fields {
		in := holds(stolen, f)
		if f.gone {
			in = holds(tables, f)
		}
		if f.clear == "" && in {
			t.Errorf("%s is readable in the dump", f.name)
		}
		if f.clear != "" && !in {
			t.Errorf("%s is not in the dump, although it is clear (%s): the dump proves nothing", f.name, f.clear)
		}
		if holds(logs, f) {
			t.Errorf("%s is readable in the log", f.name)
		}
	}
}

// print shows the matrix: R for what is read, a point for what is not.
func (m *matrix) print(t *testing.T) {
	t.Helper()
	var b strings.Builder
	for i, column := range columns {
		fmt.Fprintf(&b, "%2d %s\n", i+1, column)
	}
	fmt.Fprintf(&b, "%-46s", "")
	for i := range columns {
		fmt.Fprintf(&b, "%3d", i+1)
	}
	for _, f := range m.fields {
		fmt.Fprintf(&b, "\n%-46s", f.name)
		for _, column := range columns {
			mark := "."
			if _, seen := m.found[column][f.name]; seen {
				mark = "R"
			}
			fmt.Fprintf(&b, "%3s", mark)
		}
		if f.clear != "" {
			b.WriteString("  clear: " + f.clear)
		}
	}
	t.Logf("%d fields, %d people, %d pages\n%s", len(m.fields), len(columns), m.pages, b.String())
}

// TestMatrixComparisonFindsAPlantedLeak shows that the comparison can fail both ways.
func TestMatrixComparisonFindsAPlantedLeak(t *testing.T) {
	fields := []sealedField{{name: "reflection", readers: []string{"owner"}}, {name: "risk", readers: []string{"owner", "coordinator"}}}
	right := map[string]map[string]string{"owner": {"reflection": "/a", "risk": "/b"}, "coordinator": {"risk": "/b"}}
	if wrong := compare(fields, right); len(wrong) != 0 {
		t.Fatalf("what is right is called wrong: %v", wrong)
	}
	right["admin"] = map[string]string{"reflection": "/supervision/overview"}
	if wrong := compare(fields, right); len(wrong) != 1 || !strings.Contains(wrong[0], "reflection is readable by admin at /supervision/overview") {
		t.Errorf("a planted leak: %v", wrong)
	}
	delete(right, "admin")
	delete(right["coordinator"], "risk")
	if wrong := compare(fields, right); len(wrong) != 1 || !strings.Contains(wrong[0], "risk is found nowhere by coordinator") {
		t.Errorf("a reader who finds nothing: %v", wrong)
	}
}
