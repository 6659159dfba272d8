package bench

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestAReportSaysPlainlyWhatIsMissed(t *testing.T) {
	half := Row{Path: "page", Value: 120, Unit: "/s", P50: 1, P99: 2}
	half.met("200 /s", false)
	good := Row{Path: "other", Value: 900, Unit: "/s"}
	good.met("500 /s", true)
	broken := Row{Path: "reply", Fault: "status 500"}
	r := Report{Machine: Machine{Cores: 2, Database: "PostgreSQL 17"}, Rows: []Row{half, good, broken}}
	var table, raw bytes.Buffer
	if err := r.Table(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"not yet", "ok", "wrong", "status 500", "1 of the targets are not met yet", "commits do NOT wait", "p99 2.0 ms"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("the table does not say %q:\n%s", want, &table)
		}
	}
	if err := r.JSON(&raw); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(raw.Bytes(), &back); err != nil || len(back.Rows) != 3 || back.Rows[0].Met == nil || *back.Rows[0].Met || back.Rows[2].Met != nil {
		t.Errorf("the JSON reads as %+v, %v", back, err)
	}
}

func TestMediansAndRatiosOfRounds(t *testing.T) {
	row := turns{rates: []float64{10, 30, 20}, beside: []float64{20, 40, 10}, ratios: []float64{0.5, 0.75, 2}, p50: []float64{1}, p99: []float64{2, 4}}.row("x", "memory")
	if row.Value != 20 || *row.Reference != 20 || *row.Ratio != 0.75 || row.P99 != 3 {
		t.Errorf("got %+v, reference %v, ratio %v", row, *row.Reference, *row.Ratio)
	}
	if got := median(nil); got != 0 || math.IsNaN(got) {
		t.Errorf("the median of nothing is %v", got)
	}
}

func TestOptionsThatMeanNothingAreRefused(t *testing.T) {
	for name, o := range map[string]Options{
		"size": {Size: "huge", Round: 1, Runs: 1}, "only": {Size: "small", Only: "tea", Round: 1, Runs: 1}, "seconds": {Size: "small", Runs: 1}, "runs": {Size: "small", Round: 1},
	} {
		if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "-"+name) {
			t.Errorf("%s: got %v; want words about -%s", name, err, name)
		}
	}
}
