package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"portico/app/bench"
	"portico/app/config"
)

// benchmark builds a community of its own, measures this program on it and prints a table.
// What is slower than wanted is said, and is no error; a wrong answer is one.
func benchmark(ctx context.Context, _ config.Config, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	database := flags.String("database", "", "address of an empty PostgreSQL database; without it SQLite in a folder that is removed")
	size := flags.String("size", "small", "small (100,000 posts) or large (10 million, with growth and memory)")
	only := flags.String("only", "", "one path: "+strings.Join(bench.Names(), ", "))
	seconds := flags.Float64("seconds", 5, "how long one round lasts")
	runs := flags.Int("runs", 3, "rounds of each path; their median counts")
	asJSON := flags.Bool("json", false, "print JSON in place of a table")
	page := flags.String("page", "", "serve this file from memory, as the reference point that a run starts for itself")
	packed := flags.Bool("packed", false, "with -page: the file is compressed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no option", flags.Arg(0))
	}
	if *page != "" {
		return bench.ServePage(ctx, *page, *packed)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	report, err := bench.Run(ctx, bench.Options{
		Program: program, Database: *database, Size: *size, Only: *only, Runs: *runs, Progress: os.Stderr,
		Round: time.Duration(*seconds * float64(time.Second)),
	})
	if len(report.Rows) == 0 {
		return err
	}
	print := report.Table
	if *asJSON {
		print = report.JSON
	}
	return errors.Join(err, print(os.Stdout))
}
