package hsds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// odd are records with everything that files have tripped over.
func odd() []Record {
	return []Record{
		{
			ID: "a-line", Kind: "helpline", Name: `Línea "verde"; амица`, Also: "رقم\tصديق", Country: "IT", City: "Reggio, nell’Emilia", Languages: []string{"it", "zh-Hans"},
			Needs: []string{"trafficking", "health"}, Phone: "+39 800 000", What: map[string]string{"en": "Line one\nline two", "ar": "رقم للاتصال."},
			Conditions: map[string]string{"it": "=SUM(A1)"}, Free: "yes", Anonymous: "no", Hours: "24h", Source: "X", VerifiedOn: "2026-01-02",
		},
		{
			ID: "b", Kind: "service", Name: "=cmd|' /C calc'!A0", Country: "FR", What: map[string]string{"en": "-2+3"}, Conditions: map[string]string{}, NoPapers: "yes",
			Opening: `Mo-Fr 09:00-12:30,14:00-18:00 "fr"; Sa 22:00-02:00; Aug off; PH off`, Acts: "informs", Source: "'quoted",
		},
		{ID: "c", Kind: "service", Name: "c", Country: "RO", What: map[string]string{"en": "x"}, Conditions: map[string]string{}, Hours: "only in summer", NoPapers: "no"},
	}
}

func feed(records []Record) func() (Record, bool, error) {
	return func() (Record, bool, error) {
		if len(records) == 0 {
			return Record{}, false, nil
		}
		r := records[0]
		records = records[1:]
		return r, true, nil
	}
}

func written(t *testing.T, records []Record) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, feed(records)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatIsWrittenComesBackTheSame(t *testing.T) {
	var back []Record
	keep := func(_ int, r Record, faults []Fault) error {
		if len(faults) > 0 {
			t.Errorf("%v", faults)
		}
		back = append(back, r)
		return nil
	}
	if err := Read(bytes.NewReader(written(t, odd())), keep); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, odd()) {
		t.Errorf("JSON:\n%+v\n%+v", back, odd())
	}
	var table bytes.Buffer
	out, err := NewTable(&table, []string{"ar", "it"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range odd() {
		if err := out.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	for _, formula := range []string{"=SUM", "=cmd", "-2+3", "+39"} {
		for _, before := range []string{",", "\n", "\""} {
			if strings.Contains(table.String(), before+formula) {
				t.Errorf("a cell begins with %q", formula)
			}
		}
	}
	back = nil
	if passed, err := ReadTable(bytes.NewReader(table.Bytes()), keep); err != nil || len(passed) > 0 {
		t.Fatalf("%v %v", passed, err)
	}
	if !reflect.DeepEqual(back, odd()) {
		t.Errorf("CSV:\n%+v\n%+v", back, odd())
	}
}

// schema is the specification's schema of a service among the reference data.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	folder := os.Getenv("PORTICO_CONFORMANCE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	path, err := filepath.Abs(filepath.Join(folder, "hsds-3", "service.json"))
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the schema of HSDS 3 is missing, and in CI nothing is skipped: %v", err)
		}
		t.Skipf("the schema of HSDS 3 is not here: set PORTICO_CONFORMANCE_DATA (%v)", err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryServiceIsValid(t *testing.T) {
	s := schema(t)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, odd())))
	if err != nil {
		t.Fatal(err)
	}
	for i, one := range doc.([]any) {
		if err := s.Validate(one); err != nil {
			t.Errorf("service %d: %v", i, err)
		}
	}
	if s.Validate(map[string]any{"id": "no uuid", "name": "x", "status": "active"}) == nil {
		t.Error("the schema finds nothing wrong with an identifier that is none")
	}
}

func TestFilesOfOthersAreReadAsFarAsTheyGo(t *testing.T) {
	text := `{"total_items": 1, "contents": [{"id": "3b1b9d4e-0000-4000-8000-000000000001", "name": "Open door", "status": "active",
		"description": "Tea.", "fees_description": "free", "unknown": {"deep": [1]}, "languages": [{"id": "x", "name": "Romanian"}, {"id": "y", "code": "ita"}],
		"phones": [{"id": "p", "number": "049 000"}], "service_areas": [{"id": "s", "name": "Padova, IT"}],
		"schedules": [{"id": "q", "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00:00", "closes_at": "12:00Z"}],
		"service_at_locations": [{"id": "l", "location": {"addresses": [{"address_1": "Via Segreta 3"}]}}]}], "size": 1}`
	var got []Record
	err := Read(strings.NewReader(text), func(_ int, r Record, faults []Fault) error {
		got = append(got, r)
		if len(faults) > 0 {
			t.Errorf("%v", faults)
		}
		return nil
	})
	want := []Record{{
		ID: "hsds-3b1b9d4e-0000-4000-8000-000000000001", Kind: "service", Name: "Open door", Country: "IT", City: "Padova", Languages: []string{"Romanian", "ita"},
		Phone: "049 000", What: map[string]string{"en": "Tea."}, Conditions: map[string]string{}, Free: "yes", Opening: "Mo,We 09:00-12:00", Source: "HSDS",
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%+v\n%+v", err, got, want)
	}
	if raw, _ := json.Marshal(got); strings.Contains(string(raw), "Segreta") {
		t.Error("a street came in")
	}
}

func TestBrokenFilesSayWhereTheyBreak(t *testing.T) {
	none := func(int, Record, []Fault) error { return nil }
	for text, want := range map[string]string{
		"": Broken, "[": Broken, `[{"id":"x"`: Broken, `"words"`: Broken, `{"organizations":[]}`: Missing, `{"services": {}}`: Broken,
		strings.Repeat("[", 200_000):                            Broken,
		`[{"id":"x","a":` + strings.Repeat("[", 200_000) + `}]`: Broken,
	} {
		var f Fault
		if err := Read(strings.NewReader(text), none); !errors.As(err, &f) || f.What != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"": Missing, "name,what.en\nx,y\n": Missing, "id,name\n\"a": Broken, "\xff\xfei\x00d\x00": Encoding,
	} {
		var f Fault
		if _, err := ReadTable(strings.NewReader(text), none); !errors.As(err, &f) || f.What != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
	var faults []Fault
	take := func(_ int, r Record, wrong []Fault) error { faults = append(faults, wrong...); return nil }
	if err := Read(strings.NewReader(`[{"id":7},{"id":"x","name":"y"},{"name":"z"}]`), take); err != nil || len(faults) != 2 || faults[0].What != Odd || faults[1].Record != 3 {
		t.Errorf("%v %v", faults, err)
	}
}

func TestTablesOfTablePrograms(t *testing.T) {
	for name, text := range map[string]string{
		"semicolons with a mark": "\xef\xbb\xbfID;Name;Languages;Colour\r\na;\"b; c\";it, ro;red\r\n",
		"tabs":                   "colour\tid\tname\tlanguages\nred\ta\tb; c\tit;ro\n",
	} {
		var got []Record
		passed, err := ReadTable(strings.NewReader(text), func(_ int, r Record, _ []Fault) error { got = append(got, r); return nil })
		if err != nil || len(got) != 1 || got[0].ID != "a" || got[0].Name != "b; c" || !reflect.DeepEqual(got[0].Languages, []string{"it", "ro"}) || !reflect.DeepEqual(passed, []string{"colour"}) {
			t.Errorf("%s: %+v %v %v", name, got, passed, err)
		}
	}
	var faults []Fault
	_, err := ReadTable(strings.NewReader("id,name\na,\xff\xfe\nb,c,d\n"), func(_ int, _ Record, wrong []Fault) error { faults = append(faults, wrong...); return nil })
	if err != nil || len(faults) != 2 || faults[0].What != Encoding || faults[0].Record != 2 || faults[1].What != Odd || faults[1].Record != 3 {
		t.Errorf("%v %v", faults, err)
	}
}

// endless is a table of many rows that nobody holds at once.
type endless struct {
	row, rows int
	rest      string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.row > e.rows {
			return 0, io.EOF
		}
		e.rest = "id,name,what.en,country,kind\n"
		if e.row > 0 {
			e.rest = fmt.Sprintf("n-%d,Centre %d,Helps.,IT,service\n", e.row, e.row)
		}
		e.row++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestTwoHundredThousandRowsAreReadOneByOne(t *testing.T) {
	rows := 0
	if _, err := ReadTable(&endless{rows: 200_000}, func(int, Record, []Fault) error { rows++; return nil }); err != nil || rows != 200_000 {
		t.Errorf("%d rows, %v", rows, err)
	}
	var f Fault
	if _, err := ReadTable(&endless{rows: Most + 10}, func(int, Record, []Fault) error { return nil }); !errors.As(err, &f) || f.What != TooMany {
		t.Errorf("too many rows: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`[{"id":"x","name":"y","attributes":[{"link_type":"portico:what.en","value":"z"}]}]`))
	f.Add([]byte("id,name\na,b\n"))
	f.Add([]byte("\xef\xbb\xbfid;name\n'=1;b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		_ = Read(bytes.NewReader(raw), func(_ int, r Record, _ []Fault) error { return nil })
		_, _ = ReadTable(bytes.NewReader(raw), func(_ int, r Record, faults []Fault) error {
			if len(faults) > 0 {
				return nil
			}
			if back := unsafe(safe(r.Name)); back != r.Name {
				t.Fatalf("%q comes back as %q", r.Name, back)
			}
			return nil
		})
	})
}
