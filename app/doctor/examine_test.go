package doctor_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"portico/app/config"
	"portico/app/doctor"
	"portico/app/store"
	"portico/app/store/storetest"
)

// world is a healthy server on a fresh database of this engine.
func world(t *testing.T) doctor.World {
	t.Helper()
	db := storetest.New(t)
	if err := os.Chmod(db.Folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return doctor.World{
		Config:  config.Config{Listen: "127.0.0.1:8080", Data: db.Folder, Database: db.Address.Postgres, Zone: "UTC"},
		Clock:   store.Clock{Now: time.Now, Zone: time.UTC}, // files bear the machine's own time
		Log:     slog.New(slog.DiscardHandler),
		Machine: os.DirFS("/"),
	}
}

func findings(found []doctor.Finding, check string) (worst doctor.Level) {
	var own []doctor.Finding
	for _, f := range found {
		if f.Check == check {
			own = append(own, f)
		}
	}
	return doctor.Worst(own)
}

func TestAHealthyServerIsWell(t *testing.T) {
	found := doctor.Examine(context.Background(), world(t))
	checks := map[string]bool{}
	for _, f := range found {
		checks[f.Check] = true
		// A test's own database may lie in memory or run without waiting for its disk, and has no backup.
		if f.Level == doctor.Mend && f.Check != "disk" && f.Check != "database" && f.Check != "backups" && f.Check != "memory" {
			t.Errorf("%+v", f)
		}
	}
	for _, check := range []string{"clock", "keys", "address", "proxy", "disk", "memory", "database", "schema", "backups"} {
		if !checks[check] {
			t.Errorf("%s was not looked at", check)
		}
	}
}

func TestOpenSecretsAndALostKeyFileAreFound(t *testing.T) {
	w := world(t)
	if err := os.Chmod(w.Config.SecretsFile(), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := findings(doctor.Examine(context.Background(), w), "keys"); got != doctor.Mend {
		t.Errorf("secrets that everybody reads: %s", got)
	}
	if err := os.Remove(w.Config.SecretsFile()); err != nil {
		t.Fatal(err)
	}
	if got := findings(doctor.Examine(context.Background(), w), "keys"); got != doctor.Mend {
		t.Errorf("lost secrets: %s", got)
	}
	if _, err := os.Stat(w.Config.SecretsFile()); err == nil {
		t.Error("the look made a new secrets file, which would lock everybody out")
	}
}

func TestADatabaseThatIsNotThereIsNotMade(t *testing.T) {
	if storetest.Postgres() {
		return // the file is SQLite's
	}
	w := world(t)
	w.Config.Data = t.TempDir()
	if got := findings(doctor.Examine(context.Background(), w), "database"); got != doctor.Mend {
		t.Errorf("no database: %s", got)
	}
	if _, err := os.Stat(filepath.Join(w.Config.Data, "portico.db")); err == nil {
		t.Error("the look made a database")
	}
}

// TestThePublicAddressIsAsked asks a server with a certificate that nobody signed: the look says so.
func TestThePublicAddressIsAsked(t *testing.T) {
	public := httptest.NewTLSServer(http.NotFoundHandler())
	defer public.Close()
	w := world(t)
	w.Config.Origin, w.Config.Env, w.Config.TrustedProxy = public.URL, "production", "127.0.0.1"
	w.Client = doctor.NewClient(w.Clock)
	if got := findings(doctor.Examine(context.Background(), w), "address"); got != doctor.Mend {
		t.Errorf("an unknown certificate: %s", got)
	}
	w.Client = public.Client()
	if got := findings(doctor.Examine(context.Background(), w), "address"); got == doctor.OK {
		t.Error("an address where another program answers is well")
	}
}
