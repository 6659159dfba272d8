package bench

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"portico/app/store/storetest"
)

// TestADatabaseThatHoldsAnythingIsRefused names a database with tables, and an empty one that
// is empty again afterwards. On SQLite there is nothing to name: a run makes its own file.
func TestADatabaseThatHoldsAnythingIsRefused(t *testing.T) {
	if !storetest.Postgres() {
		own, err := takeDatabase(t.Context(), "")
		if err != nil || own.address != "" || own.drop(t.Context()) != nil {
			t.Errorf("got %+v, %v; want nothing to drop", own, err)
		}
		return
	}
	full := storetest.FreshPostgres(t)
	if _, err := takeDatabase(t.Context(), full); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("a database with tables: %v; want a refusal", err)
	}
	empty := &ownDatabase{given: full, schema: true} // as where nobody may make databases
	if err := empty.drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	own, err := takeDatabase(t.Context(), full)
	if err != nil || own.name == "" || own.address == full {
		t.Fatalf("an empty database: %+v, %v; want one beside it", own, err)
	}
	conn, err := pgx.Connect(t.Context(), own.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "CREATE TABLE tea (leaf TEXT)"); err != nil {
		t.Fatal(err)
	}
	if err := own.drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.Connect(t.Context(), own.address); err == nil {
		t.Error("the database of the run is still there")
	}
}

func TestTheNameOfADatabaseIsExchanged(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://u:p@h:5/one?sslmode=disable": "postgres://u:p@h:5/two?sslmode=disable",
		"host=/run user=u dbname=one":            "host=/run user=u dbname=two",
		"host=/run":                              "host=/run dbname=two",
	} {
		if got := withName(address, "two"); got != want {
			t.Errorf("%q gives %q; want %q", address, got, want)
		}
	}
}
