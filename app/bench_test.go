package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"portico/app/bench"
	"portico/app/store/storetest"
)

// TestTheBenchmarkMeasuresEveryPath runs the whole command on communities of up to four thousand posts.
func TestTheBenchmarkMeasuresEveryPath(t *testing.T) {
	args := []string{"bench", "-size", "tiny", "-seconds", "0.2", "-runs", "1", "-json"}
	if storetest.Postgres() {
		args = append(args, "-database", os.Getenv("TEST_PG_DSN"))
	}
	cmd := exec.Command(binary(t), args...)
	folder := t.TempDir()
	cmd.Env = append(os.Environ(), "TMPDIR="+folder)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s%s", err, &said, &out)
	}
	var report bench.Report
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v: %s", err, &out)
	}
	if m := report.Machine; m.Cores == 0 || m.Go == "" || m.Database == "" || m.Day == "" || m.Posts != 4000 {
		t.Errorf("the machine is described as %+v", m)
	}
	measured := map[string]bool{}
	for _, row := range report.Rows {
		measured[row.Name] = true
		if row.Value <= 0 || row.Fault != "" || row.Unit == "" {
			t.Errorf("%s gave no figure: %+v", row.Path, row)
		}
	}
	for _, name := range bench.Names() {
		if !measured[name] {
			t.Errorf("nothing was measured of %q", name)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("the run left %v behind, %v", left, err)
	}
}
