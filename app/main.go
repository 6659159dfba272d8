// Portico is a portal for people who do or did sex work, their paid peer workers and
// survivor leaders. This program serves it; its other commands look after it.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"portico/app/config"
)

// command is one word after the program's name.
type command struct {
	name, words string
	run         func(ctx context.Context, cfg config.Config, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "serve the portal (also without any word)", serve},
		{"migrate", "bring the database up to date and stop", migrate},
		{"audit verify", "walk the audit log and check every hash", verifyAudit},
		{"audit export", "print the audit log as CSV, without anybody's words", exportAudit},
		{"backup", "write everything into one file that only keys kept elsewhere open, also while the server runs: -to age1… -to age1… FILE", backUp},
		{"verify", "check a backup without restoring it and say what it holds: -key KEYFILE FILE", verifyBackup},
		{"restore", "write a backup into an empty database of either engine: -key KEYFILE FILE", restore},
		{"move", "copy everything into an empty database of the other engine, the server stopped: -to postgres://… or -to sqlite", moveDatabase},
		{"content check", "read everything that ships under content, or one module given by its path, and print every fault", checkContent},
		{"directory export", "print the directory for other programs: -format json (HSDS 3) or csv", exportDirectory},
		{"directory import", "take such a file in, every fault first; -as HANDLE says which coordinator does it, -try writes nothing", importDirectory},
		{"translation export", "print texts for translators' tools: -format xliff, po, tmx or csv, -lang it, -what interface, material, memory or glossary", exportTranslation},
		{"translation import", "take such a file in and print what became of each text; -as HANDLE says whose words they are, -try writes nothing", importTranslation},
		{"doctor", "look at this server, what is well and what must be mended: -json for programs, -backups FOLDER, -offline", examine},
		{"bench", "build a community in a database of its own, measure this program on it and print a table: -size small or large, -database postgres://…", benchmark},
		{"screen", "read texts, a line each, and print what screening decides: screen -lang it", screenLines},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "portico:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		args = []string{"serve"}
	}
	for _, c := range commands() {
		rest, ok := matches(c.name, args)
		if !ok {
			continue
		}
		cfg, err := config.Read()
		if err != nil {
			return err
		}
		return c.run(ctx, cfg, rest)
	}
	help()
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		return nil
	}
	return fmt.Errorf("there is no command %q", args[0])
}

func help() {
	fmt.Println("Portico\n\nCommands:")
	for _, c := range commands() {
		fmt.Printf("  %-18s %s\n", c.name, c.words)
	}
	fmt.Printf("  %-18s %s\n", "help", "print this")
}

// logger writes what broke, starts and stops to stderr. No line belongs to a request that went well.
func logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
