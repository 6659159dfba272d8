package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"portico/app/config"
	"portico/app/directory"
	"portico/app/fault"
	"portico/app/hsds"
	"portico/app/server"
)

// exportDirectory writes the directory to the standard output, as services of HSDS or as a
// table.
func exportDirectory(ctx context.Context, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("directory export", flag.ContinueOnError)
	format := flags.String("format", "json", "json (HSDS 3) or csv")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no option; the file goes to the standard output", flags.Arg(0))
	}
	out := bufio.NewWriter(os.Stdout)
	err := swap{}.withPortal(ctx, cfg, func(s *server.Server) error {
		switch *format {
		case "json":
			return writeServices(ctx, s.Directory, out)
		case "csv":
			return writeTable(ctx, s.Directory, out)
		}
		return fmt.Errorf("-format %s: there is json and csv", *format)
	})
	return errors.Join(err, out.Flush())
}

func writeServices(ctx context.Context, d *directory.Service, out io.Writer) error {
	var records []hsds.Record
	if err := d.Records(ctx, func(r hsds.Record) error { records = append(records, r); return nil }); err != nil {
		return err
	}
	at := 0
	return hsds.Write(out, func() (hsds.Record, bool, error) {
		if at == len(records) {
			return hsds.Record{}, false, nil
		}
		at++
		return records[at-1], true, nil
	})
}

func writeTable(ctx context.Context, d *directory.Service, out io.Writer) error {
	tags, err := d.Tongues(ctx)
	if err != nil {
		return err
	}
	table, err := hsds.NewTable(out, tags)
	if err != nil {
		return err
	}
	return errors.Join(d.Records(ctx, table.Add), table.Close())
}

// importDirectory takes such a file in, or says what it would do and what is wrong with it.
func importDirectory(ctx context.Context, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("directory import", flag.ContinueOnError)
	try := flags.Bool("try", false, "say what would be written and every fault, and write nothing")
	as := flags.String("as", "", "handle of the coordinator who takes it in")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("name one file, or - for the standard input")
	}
	in := io.ReadCloser(os.Stdin)
	if flags.Arg(0) != "-" {
		var err error
		if in, err = os.Open(flags.Arg(0)); err != nil {
			return err
		}
	}
	defer in.Close()
	return swap{}.withPortal(ctx, cfg, func(s *server.Server) error {
		who, err := roleNamed(ctx, s.Store.DB, *as)
		if err != nil {
			return err
		}
		report, err := s.Directory.TakeIn(ctx, who, listReader(in), *try)
		if fault.Is(err, fault.NotFound) {
			return errors.New("this person does not look after the directory; a coordinator does")
		}
		if err != nil {
			return plainly(err)
		}
		return tell(report, *try)
	})
}

// listReader tells the two kinds of files apart by how they begin, and holds neither.
func listReader(in io.Reader) directory.Reader {
	return func(take func(int, hsds.Record, []hsds.Fault) error) error {
		buffered := bufio.NewReader(in)
		start, _ := buffered.Peek(64)
		text := strings.TrimSpace(strings.TrimPrefix(string(start), "\ufeff"))
		if strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{") {
			if strings.HasPrefix(string(start), "\ufeff") {
				_, _ = buffered.Discard(len("\ufeff"))
			}
			return hsds.Read(buffered, take)
		}
		_, err := hsds.ReadTable(buffered, take)
		return err
	}
}

// tell prints what became of a file; a fault is an error of the command.
func tell(report directory.TakenIn, try bool) error {
	for _, f := range report.Faults {
		fmt.Printf("line %d\t%s\t%s\t%s\t%s\n", f.Record, f.ID, f.Field, f.What, f.Value)
	}
	for _, id := range report.Kept {
		fmt.Printf("kept\t%s\tsomebody here checked or changed it\n", id)
	}
	if report.Wrong > 0 {
		return fmt.Errorf("%d things are wrong, and nothing was written", report.Wrong)
	}
	word := "written"
	if try {
		word = "would be written"
	}
	fmt.Printf("%d new and %d changed %s, %d the same\n", report.New, report.Changed, word, report.Same)
	return nil
}
