package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"portico/app/audit"
	"portico/app/config"
	"portico/app/store"
	"portico/content"
	"portico/moderation"
)

// migrate brings the schema up to date without serving.
func migrate(ctx context.Context, cfg config.Config, _ []string) error {
	s, err := open(ctx, cfg)
	if err != nil {
		return err
	}
	fmt.Println("The database is up to date.")
	return s.Store.Close()
}

// verifyAudit checks the chain and prints its head. A broken chain is an error.
func verifyAudit(ctx context.Context, cfg config.Config, _ []string) error {
	db, err := store.Open(store.Address{SQLite: cfg.SQLite(), Postgres: cfg.Database}, store.RealClock(cfg.Location()), logger())
	if err != nil {
		return err
	}
	report, err := audit.Verify(ctx, db)
	if err != nil {
		return err
	}
	if report.Fault != "" {
		return fmt.Errorf("the audit log is broken at %s", report.Fault)
	}
	fmt.Printf("The audit log holds: %d rows in the chain, %d waiting for it. Head: %x\n", report.Chained, report.Unchained, report.Head)
	return db.Close()
}

// exportAudit prints the chained rows for whoever oversees the desk.
func exportAudit(ctx context.Context, cfg config.Config, _ []string) error {
	db, err := store.Open(store.Address{SQLite: cfg.SQLite(), Postgres: cfg.Database}, store.RealClock(cfg.Location()), logger())
	if err != nil {
		return err
	}
	return errors.Join(audit.Export(ctx, db, os.Stdout), db.Close())
}

// checkContent prints every fault of the shipped texts as "file:line: what". With the path
// of a module's folder, or of a packed module, it checks that one, as an author needs it.
// Any fault is an error.
func checkContent(_ context.Context, _ config.Config, args []string) error {
	faults, err := faultsOf(args)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		fmt.Println(fault)
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d faults in content", len(faults))
	}
	fmt.Println("Everything under content reads.")
	return nil
}

func faultsOf(args []string) ([]string, error) {
	if len(args) == 0 {
		return content.Check(), nil
	}
	others, err := content.Modules()
	if err != nil {
		return nil, err
	}
	path := filepath.Clean(args[0])
	if strings.HasSuffix(path, ".zip") {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		_, _, faults := content.Unpack(raw, others)
		return faults, nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	_, faults := content.ReadModule(os.DirFS(filepath.Dir(path)), filepath.Base(path), others)
	return faults, nil
}

// screenLines reads a text per line and prints the outcome, a tab, and the reasons.
func screenLines(_ context.Context, _ config.Config, args []string) error {
	flags := flag.NewFlagSet("screen", flag.ContinueOnError)
	lang := flags.String("lang", "", "language of the texts; empty for all")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var languages []string
	if *lang != "" {
		languages = []string{*lang}
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 64*1024), 1024*1024)
	for in.Scan() {
		verdict := moderation.Screen(in.Text(), languages, nil)
		var reasons []string
		for _, f := range verdict.Findings {
			reasons = append(reasons, f.Rule)
		}
		fmt.Printf("%s\t%s\n", verdict.Outcome, strings.Join(reasons, ","))
	}
	return in.Err()
}
