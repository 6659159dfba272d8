package doctor

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)

var errBroken = errors.New("broken on purpose")

// well are facts with which every check is content; each row of the table changes one of them.
func wellKeys() Keys {
	return Keys{Path: "d/secrets.key", Folder: "d", Mode: 0o600, FolderMode: 0o700, Claimed: true, Asked: true}
}

func wellDisk() Disk {
	return Disk{Folder: "d", Known: true, Free: 50 * gibibyte, Total: 100 * gibibyte}
}

func wellPostgres() Postgres {
	p := Postgres{Folds: true, Encoding: "UTF8", Settings: map[string]string{}}
	for _, w := range wanted {
		p.Settings[w.name] = w.good[0]
	}
	return p
}

func wellBackups() Backups {
	return Backups{Folder: "b", Now: noon, Today: "2026-03-07", Production: true, Count: 3, Newest: noon.AddDate(0, 0, -2), List: "2026-03-07", ListPath: "b/erased.log"}
}

func wellAddress() Address {
	return Address{Origin: "https://portico.example", Production: true, Now: noon, Asked: true, Ends: noon.AddDate(0, 2, 0), Healthy: true, Status: 200, Strict: true, Date: noon, HeardAt: noon}
}

// TestEachCheckFindsItsFault changes one fact at a time and wants the level that it deserves,
// with a word on what to do.
func TestEachCheckFindsItsFault(t *testing.T) {
	with := func(change func(*Keys)) []Finding { k := wellKeys(); change(&k); return k.Findings() }
	disk := func(change func(*Disk)) []Finding { d := wellDisk(); change(&d); return d.Findings() }
	postgres := func(change func(*Postgres)) []Finding { p := wellPostgres(); change(&p); return p.Findings() }
	backups := func(change func(*Backups)) []Finding { b := wellBackups(); change(&b); return b.Findings() }
	address := func(change func(*Address)) []Finding { a := wellAddress(); change(&a); return a.Findings() }
	sound := SQLite{Path: "p", Journal: "wal", Sound: "ok"}
	clock := Clock{Now: noon, Today: "2026-03-07", Newest: "2026-03-07", Nightly: "2026-03-07"}
	off := func(change func(*Clock)) []Finding { c := clock; change(&c); return c.Findings() }
	for _, row := range []struct {
		what  string
		found []Finding
		want  Level
	}{
		{"keys", wellKeys().Findings(), OK},
		{"no secrets for a full database", with(func(k *Keys) { k.Missing = true }), Mend},
		{"no secrets for an empty database", with(func(k *Keys) { k.Missing, k.Claimed = true, false }), Look},
		{"damaged secrets", with(func(k *Keys) { k.Damaged = true }), Mend},
		{"other secrets", with(func(k *Keys) { k.Foreign = true }), Mend},
		{"secrets for everybody", with(func(k *Keys) { k.Mode = 0o644 }), Mend},
		{"a folder for everybody", with(func(k *Keys) { k.FolderMode = 0o755 }), Mend},
		{"somebody else's files", with(func(k *Keys) { k.OtherOwner = true }), Look},
		{"a backup's key beside the server", with(func(k *Keys) { k.BackupKeys = []string{"k"} }), Mend},
		{"disk", wellDisk().Findings(), OK},
		{"a disk that takes nothing", disk(func(d *Disk) { d.Failure = errBroken }), Mend},
		{"a network disk", disk(func(d *Disk) { d.Kind = Network }), Mend},
		{"a disk in memory", disk(func(d *Disk) { d.Kind = Memory }), Mend},
		{"a container's layer", disk(func(d *Disk) { d.Kind = Layer }), Look},
		{"a full disk", disk(func(d *Disk) { d.Free = 10 * mebibyte }), Mend},
		{"memory", Room{Total: 2 * gibibyte, Free: gibibyte}.Findings(), OK},
		{"little memory", Room{Total: 300 * mebibyte, Free: 200 * mebibyte}.Findings(), Look},
		{"no memory left", Room{Total: 2 * gibibyte, Free: 20 * mebibyte}.Findings(), Mend},
		{"a database larger than memory", Room{Total: 2 * gibibyte, Free: gibibyte, Database: 3 * gibibyte}.Findings(), Mend},
		{"memory on the disk", Room{Total: 2 * gibibyte, Free: gibibyte, Swap: gibibyte}.Findings(), Look},
		{"PostgreSQL", wellPostgres().Findings(), OK},
		{"PostgreSQL is away", postgres(func(p *Postgres) { p.Failure = errBroken }), Mend},
		{"another encoding", postgres(func(p *Postgres) { p.Encoding = "LATIN1" }), Mend},
		{"letters that do not fold", postgres(func(p *Postgres) { p.Folds = false }), Mend},
		{"writes that wait", postgres(func(p *Postgres) { p.Settings["synchronous_commit"] = "off" }), Mend},
		{"words in its log", postgres(func(p *Postgres) { p.Settings["log_statement"] = "all" }), Mend},
		{"schema", Schema{At: 9, Newest: 9, Production: true}.Findings(), OK},
		{"an unreadable schema", Schema{Failure: errBroken}.Findings(), Mend},
		{"a newer database", Schema{At: 10, Newest: 9}.Findings(), Mend},
		{"an older database", Schema{At: 8, Newest: 9}.Findings(), Look},
		{"an empty database", Schema{Newest: 9}.Findings(), Look},
		{"the demonstration in production", Schema{At: 9, Newest: 9, Production: true, Demonstration: true}.Findings(), Mend},
		{"SQLite", sound.Findings(), OK},
		{"no file", SQLite{Missing: true}.Findings(), Mend},
		{"a file that does not open", SQLite{Failure: errBroken}.Findings(), Mend},
		{"a damaged file", SQLite{Journal: "wal", Sound: "page 3"}.Findings(), Mend},
		{"another journal", SQLite{Journal: "delete", Sound: "ok"}.Findings(), Mend},
		{"a long log of writes", SQLite{Journal: "wal", Sound: "ok", Waiting: 1 << 40}.Findings(), Look},
		{"backups", wellBackups().Findings(), OK},
		{"old backups", backups(func(b *Backups) { b.Old = []string{"old.age"} }), Mend},
		{"no list of what was deleted", backups(func(b *Backups) { b.List = "" }), Look},
		{"a list that does not read", backups(func(b *Backups) { b.ListFailure = errBroken }), Mend},
		{"a list that stands still", backups(func(b *Backups) { b.List = "2026-02-01" }), Look},
		{"address", wellAddress().Findings(), OK},
		{"no address in production", address(func(a *Address) { a.Origin = "" }), Look},
		{"an address in the clear", address(func(a *Address) { a.Origin = "http://portico.example" }), Mend},
		{"a public demonstration", address(func(a *Address) { a.Production = false }), Mend},
		{"a certificate that ends", address(func(a *Address) { a.Ends = noon.AddDate(0, 0, 3) }), Mend},
		{"an address where nobody answers", address(func(a *Address) { a.Failure = errBroken }), Mend},
		{"a proxy", Proxy{Listen: "127.0.0.1:8080", Origin: "https://x", Trusted: "127.0.0.1"}.Findings(), OK},
		{"nobody but this machine", Proxy{Listen: "127.0.0.1:8080"}.Findings(), OK},
		{"the whole network", Proxy{Listen: "0.0.0.0:8080", Origin: "https://x"}.Findings(), Mend},
		{"a proxy that nobody trusts", Proxy{Listen: "127.0.0.1:8080", Origin: "https://x"}.Findings(), Mend},
		{"a proxy that is everybody", Proxy{Listen: "127.0.0.1:8080", Origin: "https://x", Trusted: "0.0.0.0/0"}.Findings(), Mend},
		{"clocks", clock.Findings(), OK},
		{"a database in another hour", off(func(c *Clock) { c.Database, c.AskedAt = noon.Add(time.Hour), noon }), Mend},
		{"a disk some seconds off", off(func(c *Clock) { c.Disk, c.WroteAt = noon.Add(9*time.Second), noon }), Look},
		{"a clock that went back", off(func(c *Clock) { c.Newest = "2026-03-20" }), Mend},
		{"a file from the future", off(func(c *Clock) { c.Written = noon.Add(time.Hour) }), Mend},
		{"a month without the nightly work", off(func(c *Clock) { c.Nightly = "2026-01-01" }), Mend},
		{"some days without it", off(func(c *Clock) { c.Nightly = "2026-03-03" }), Look},
	} {
		if got := Worst(row.found); got != row.want {
			t.Errorf("%s: %s; want %s: %+v", row.what, got, row.want, row.found)
		}
		for _, f := range row.found {
			if f.What == "" || f.Check == "" || (f.Level != OK) != (f.Do != "") {
				t.Errorf("%s: a finding without its words: %+v", row.what, f)
			}
			if strings.Contains(f.What+f.Do, "%!") {
				t.Errorf("%s: errBroken words: %s %s", row.what, f.What, f.Do)
			}
		}
	}
}
