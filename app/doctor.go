package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"portico/app/config"
	"portico/app/doctor"
	"portico/app/store"
)

// errToMend ends the doctor command with exit code 1.
var errToMend = errors.New("something must be mended; see above")

// examine looks at this server and says what must be mended.
func examine(ctx context.Context, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "print the findings as JSON, for other programs")
	backups := flags.String("backups", "", "folder in which backups lie; without it PORTICO_BACKUPS")
	stay := flags.Bool("offline", false, "do not ask the portal's own public address")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no option of doctor", flags.Arg(0))
	}
	clock := store.RealClock(cfg.Location())
	world := doctor.World{Config: cfg, Clock: clock, Log: logger(), Backups: *backups, Machine: os.DirFS("/")}
	if !*stay {
		world.Client = doctor.NewClient(clock)
	}
	found := doctor.Examine(ctx, world)
	if err := printFindings(os.Stdout, found, *asJSON); err != nil {
		return err
	}
	if doctor.Worst(found) == doctor.Mend {
		return errToMend
	}
	return nil
}

// printFindings prints the findings for people, or for programs.
func printFindings(out io.Writer, found []doctor.Finding, asJSON bool) error {
	if asJSON {
		printer := json.NewEncoder(out)
		printer.SetIndent("", "  ")
		return printer.Encode(struct {
			Worst    doctor.Level     `json:"worst"`
			Findings []doctor.Finding `json:"findings"`
		}{doctor.Worst(found), found})
	}
	for _, f := range found {
		if _, err := fmt.Fprintf(out, "%-4s  %-8s  %s\n", f.Level, f.Check, f.What); err != nil {
			return err
		}
		if f.Do == "" {
			continue
		}
		if _, err := fmt.Fprintf(out, "%-4s  %-8s  → %s\n", "", "", f.Do); err != nil {
			return err
		}
	}
	return nil
}
