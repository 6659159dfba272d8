package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// Row is one path of the table with what was measured.
type Row struct {
	Name      string   `json:"name"` // what -only calls it
	Path      string   `json:"path"`
	Value     float64  `json:"value"` // median of the rounds, in Unit
	Unit      string   `json:"unit"`
	P50       float64  `json:"p50_ms,omitempty"`
	P99       float64  `json:"p99_ms,omitempty"`
	Reference *float64 `json:"reference,omitempty"` // median, in the same unit
	Ratio     *float64 `json:"ratio,omitempty"`     // median of the rounds' own ratios
	Beside    string   `json:"beside,omitempty"`    // what the reference is
	Wanted    string   `json:"wanted"`              // "" where the line is there to compare with
	Met       *bool    `json:"met,omitempty"`       // nil where nothing is wanted
	Note      string   `json:"note,omitempty"`
	Fault     string   `json:"fault,omitempty"` // why there is no number
}

// Report is one run.
type Report struct {
	Machine Machine `json:"machine"`
	Rows    []Row   `json:"rows"`
}

// JSON writes the report for a program.
func (r Report) JSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// Table writes the report for people.
func (r Report) Table(out io.Writer) error {
	fmt.Fprintln(out, r.Machine)
	fmt.Fprintln(out)
	t := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "path\tmeasured\treference\tratio\twanted\t")
	missed := 0
	for _, row := range r.Rows {
		verdict := ""
		switch {
		case row.Fault != "":
			verdict = "wrong"
		case row.Met != nil && *row.Met:
			verdict = "ok"
		case row.Met != nil:
			verdict = "not yet"
			missed++
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", row.Path, row.measured(), row.reference(), row.ratio(), orDash(row.Wanted), verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, row := range r.Rows {
		if row.Note != "" {
			fmt.Fprintf(out, "%s: %s\n", row.Path, row.Note)
		}
		if row.Fault != "" {
			fmt.Fprintf(out, "%s: %s\n", row.Path, row.Fault)
		}
	}
	if missed > 0 {
		fmt.Fprintf(out, "%d of the targets are not met yet.\n", missed)
	}
	return nil
}

func (r Row) measured() string {
	if r.Fault != "" {
		return "—"
	}
	text := number(r.Value) + " " + r.Unit
	if r.P99 > 0 {
		text += fmt.Sprintf(", p50 %.2f ms, p99 %.1f ms", r.P50, r.P99)
	}
	return text
}

func (r Row) reference() string {
	if r.Reference == nil {
		return "—"
	}
	return number(*r.Reference) + " " + r.Unit + " " + r.Beside
}

func (r Row) ratio() string {
	if r.Ratio == nil {
		return "—"
	}
	return fmt.Sprintf("%.2f", *r.Ratio)
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// number writes a figure with as many places as it bears.
func number(n float64) string {
	switch {
	case n >= 100:
		return fmt.Sprintf("%.0f", n)
	case n >= 10:
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.2f", n)
}

// median is the middle of some figures, the mean of the two middle ones for an even number.
func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	mid := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[mid]
	}
	return (sorted[mid-1] + sorted[mid]) / 2
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// met notes whether a row reached what is wanted.
func (r *Row) met(wanted string, ok bool) { r.Wanted, r.Met = wanted, &ok }
