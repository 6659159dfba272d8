package directory_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/hsds"
	"portico/app/member"
	"portico/content"
)

// asJSON and asTable write the whole directory as the pages and the command do.
func (h house) asJSON(t testing.TB) []byte {
	t.Helper()
	var records []hsds.Record
	if err := h.dir.Records(ctx, func(r hsds.Record) error { records = append(records, r); return nil }); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err := hsds.Write(&out, func() (hsds.Record, bool, error) {
		if len(records) == 0 {
			return hsds.Record{}, false, nil
		}
		r := records[0]
		records = records[1:]
		return r, true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (h house) asTable(t testing.TB) []byte {
	t.Helper()
	tags, err := h.dir.Tongues(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	table, err := hsds.NewTable(&out, tags)
	if err == nil {
		err = h.dir.Records(ctx, table.Add)
	}
	if err == nil {
		err = table.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func fromJSON(text []byte) directory.Reader {
	return func(take func(int, hsds.Record, []hsds.Fault) error) error {
		return hsds.Read(bytes.NewReader(text), take)
	}
}

func fromTable(r io.Reader) directory.Reader {
	return func(take func(int, hsds.Record, []hsds.Fault) error) error {
		_, err := hsds.ReadTable(r, take)
		return err
	}
}

func TestTakingInWhatWentOutChangesNothing(t *testing.T) {
	shipped, err := content.Directory()
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, shipped)
	lead := actor(member.RoleCoordinator)
	e, _ := h.dir.Entry(ctx, "ex-gruppo-abele")
	if err := h.dir.Amend(ctx, lead, e.ID, directory.Change{Name: "=Gruppo “Abele”", Lang: "ar", What: "مساعدة", Opening: `Mo-Fr 22:00-06:00 "ro"; PH off`, Mark: e.Mark()}); err != nil {
		t.Fatal(err)
	}
	if err := h.dir.Verify(ctx, lead, e.ID); err != nil {
		t.Fatal(err)
	}
	before := h.Dump(t)
	for name, read := range map[string]directory.Reader{"json": fromJSON(h.asJSON(t)), "csv": fromTable(bytes.NewReader(h.asTable(t)))} {
		report, err := h.dir.TakeIn(ctx, lead, read, false)
		if err != nil || report.Wrong != 0 || report.New+report.Changed != 0 || len(report.Kept) != 0 || report.Same != len(shipped) || !report.Done {
			t.Errorf("%s: %+v %v", name, report, err)
		}
	}
	if h.Dump(t) != before {
		t.Error("something changed")
	}
}

func TestAFileComesInWholeOrNotAtAll(t *testing.T) {
	h := newHouse(t, small())
	lead := actor(member.RoleCoordinator)
	head := "id,kind,name,country,city,languages,needs,phone,what.en,opening\n"
	good := head + "new-one,service,New,IT,Padova,\"Romanian, ita\",health,'+39 049,Helps.,Mo-Fr 09:00-17:00\na-line,helpline,Numero amico,IT,,it,trafficking,800 000 001,A number.,\n"
	if report, err := h.dir.TakeIn(ctx, lead, fromTable(strings.NewReader(good)), true); err != nil || report.Done || report.New != 1 || report.Changed != 1 {
		t.Errorf("trying: %+v %v", report, err)
	}
	if _, err := h.dir.Entry(ctx, "new-one"); !fault.Is(err, fault.NotFound) {
		t.Errorf("trying wrote: %v", err)
	}
	if err := h.dir.Verify(ctx, lead, "b-line"); err != nil {
		t.Fatal(err)
	}
	kept := good + "b-line,helpline,Other name,FR,Nice,fr,trafficking,,Words.,\n"
	report, err := h.dir.TakeIn(ctx, lead, fromTable(strings.NewReader(kept)), false)
	if err != nil || !report.Done || report.New != 1 || report.Changed != 1 || !slices.Equal(report.Kept, []string{"b-line"}) {
		t.Errorf("taken in: %+v %v", report, err)
	}
	e, err := h.dir.Entry(ctx, "new-one")
	if err != nil || e.Languages != "ro it" || e.Phone != "+39 049" || e.VerifiedOn != nil || h.dir.Checked(e) {
		t.Errorf("%+v %v", e, err)
	}
	if got := h.ids(t, directory.Filter{Words: "Padova", When: ""}); !slices.Equal(got, []string{"new-one"}) {
		t.Errorf("search finds %v", got)
	}
	if err := h.dir.Load(ctx, small()); err != nil {
		t.Fatal(err)
	}
	if e, _ := h.dir.Entry(ctx, "a-line"); e.Phone != "800 000 001" {
		t.Error("the next start took back what came in")
	}
	if _, err := h.dir.TakeIn(ctx, actor(), fromTable(strings.NewReader(good)), false); !fault.Is(err, fault.NotFound) {
		t.Errorf("anybody takes in: %v", err)
	}
}

func TestEveryFaultOfAFileIsToldAndNothingIsWritten(t *testing.T) {
	h := newHouse(t, small())
	lead := actor(member.RoleCoordinator)
	before := h.Dump(t)
	text := "id,kind,name,country,languages,needs,phone,what.en,opening,free\n" +
		"x-1,service,Fine,IT,it,health,,Helps.,,yes\n" +
		"x-1,service,Twice,IT,it,health,,Helps.,,yes\n" +
		"x-3,service,Tongues,IT,xx Klingon,health,,Helps.,,\n" +
		"x-4,service,Hours,IT,it,health,,Helps.,\"Mo 09:00-12:00,11:00-13:00\",\n" +
		"x-5,service,Hours,IT,it,health,,Helps.,nine to five,\n" +
		"x-6,shop,,Narnia,it,luck,call me,,,maybe\n" +
		"x-7,service,House,IT,it,housing,,\"Rooms in via Roma, 3.\",,\n" +
		"X 8,service,Id,IT,it,,,Helps.,,\n" +
		"x-9,service," + strings.Repeat("n", 200) + ",IT,it,,,Helps.,,\n"
	report, err := h.dir.TakeIn(ctx, lead, fromTable(strings.NewReader(text)), false)
	if err != nil || report.Done {
		t.Fatalf("%+v %v", report, err)
	}
	var got []string
	for _, f := range report.Faults {
		got = append(got, fmt.Sprintf("%d %s %s", f.Record, f.Field, f.What))
	}
	want := []string{"3 id twice", "4 languages unknown", "4 languages unknown", "5 opening overlap", "6 opening odd", "7 name missing", "7 what.en missing", "7 kind unknown",
		"7 country unknown", "7 phone odd", "7 needs unknown", "7 free unknown", "8 what.en shelter", "9 id odd", "10 name long"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("\n%v\n%v", got, want)
	}
	broken := "id,name\nx-1,\"never ends"
	if report, err := h.dir.TakeIn(ctx, lead, fromTable(strings.NewReader(broken)), false); err != nil || report.Wrong == 0 || report.Done {
		t.Errorf("a broken file: %+v %v", report, err)
	}
	if h.Dump(t) != before {
		t.Error("something was written")
	}
}

// rows is a table of many services, made while it is read.
func rows(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		fmt.Fprintln(w, "id,kind,name,country,city,languages,what.en")
		for i := range n {
			fmt.Fprintf(w, "n-%d,service,Centre %d,IT,Padova,it,Helps.\n", i, i)
		}
		w.Close()
	}()
	return r
}

func TestALongTableComesInByBatches(t *testing.T) {
	h := newHouse(t, small())
	report, err := h.dir.TakeIn(ctx, actor(member.RoleCoordinator), fromTable(rows(3_000)), false)
	if err != nil || report.New != 3_000 || !report.Done {
		t.Errorf("%+v %v", report, err)
	}
}

// BenchmarkTwoHundredThousandRows takes in as many rows as a whole country has services.
func BenchmarkTwoHundredThousandRows(b *testing.B) {
	for b.Loop() {
		db := newHouse(b, small())
		if report, err := db.dir.TakeIn(ctx, actor(member.RoleCoordinator), fromTable(rows(200_000)), false); err != nil || report.New != 200_000 {
			b.Fatalf("%+v %v", report, err)
		}
	}
}
