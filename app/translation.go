package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/gorm"

	"portico/app/config"
	"portico/app/exchange"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
	"portico/app/translate"
)

// swap is what the two commands of translation are told.
type swap struct {
	format, lang, from, what, id, dir, as string
	try                                   bool
	file                                  string // of an import; "-" is the standard input
}

// what is exchanged.
const (
	swapMaterial  = "material"
	swapMemory    = "memory"
	swapGlossary  = "glossary"
	swapInterface = exchange.Interface
)

func readSwap(name string, args []string) (swap, error) {
	var w swap
	flags := flag.NewFlagSet("translation "+name, flag.ContinueOnError)
	flags.StringVar(&w.lang, "lang", "", "language of the translation")
	flags.StringVar(&w.from, "from", "en", "language of the source, for the memory")
	flags.StringVar(&w.what, "what", swapMaterial, "interface, material, memory or glossary")
	flags.StringVar(&w.id, "id", "", "number of the material, as it stands in its address")
	flags.StringVar(&w.dir, "dir", "locales", "folder of the message files, for the interface")
	if name == "export" {
		flags.StringVar(&w.format, "format", "", "xliff, po, tmx or csv")
	} else {
		flags.StringVar(&w.as, "as", "", "handle of the mediator whose words these are")
		flags.BoolVar(&w.try, "try", false, "say what would be written, and write nothing")
	}
	if err := flags.Parse(args); err != nil {
		return w, err
	}
	if name == "import" {
		if flags.NArg() != 1 {
			return w, errors.New("name one file, or - for the standard input")
		}
		w.file = flags.Arg(0)
	} else if flags.NArg() > 0 {
		return w, fmt.Errorf("%q is no option; the file goes to the standard output", flags.Arg(0))
	}
	if w.lang == "" && w.what != swapGlossary {
		return w, errors.New("say which language: -lang it")
	}
	return w, nil
}

// exportTranslation writes texts for translators' tools to the standard output.
func exportTranslation(ctx context.Context, cfg config.Config, args []string) error {
	w, err := readSwap("export", args)
	if err != nil {
		return err
	}
	if w.format == "csv" {
		w.what = swapGlossary
	}
	var out bytes.Buffer // nothing is printed of a file that could not be written whole
	if w.what == swapInterface {
		err = w.exportInterface(&out)
	} else {
		err = w.withPortal(ctx, cfg, func(s *server.Server) error { return w.exportFrom(ctx, s, &out) })
	}
	if err != nil {
		return plainly(err)
	}
	_, err = out.WriteTo(os.Stdout)
	return err
}

// host stands for whoever runs the machine, who can read the database anyway.
func host() member.Actor {
	return member.Actor{Role: &member.RoleActor{Roles: []member.Role{member.RoleCoordinator}}}
}

func (w swap) exportFrom(ctx context.Context, s *server.Server, out io.Writer) error {
	switch w.what {
	case swapMaterial:
		doc, ok := store.ParseID(w.id)
		if !ok {
			return errors.New("say which material: -id and the number in its address")
		}
		return s.Translate.Export(ctx, host(), doc, w.lang, w.format, out)
	case swapMemory:
		if w.format != exchange.TMX {
			return errors.New("a memory goes out as -format tmx")
		}
		return s.Translate.ExportMemory(ctx, host(), w.from, w.lang, out)
	case swapGlossary:
		if w.format != "csv" {
			return errors.New("a glossary goes out as -format csv")
		}
		terms, err := s.Translate.Glossary(ctx, host(), w.lang)
		if err != nil {
			return err
		}
		return exchange.WriteTerms(out, terms)
	}
	return fmt.Errorf("-what %s: there is interface, material, memory and glossary", w.what)
}

func (w swap) messageFile(lang string) string {
	return filepath.Join(w.dir, "active."+filepath.Base(lang)+".toml")
}

func (w swap) exportInterface(out io.Writer) error {
	english, err := os.ReadFile(w.messageFile("en"))
	if err != nil {
		return fmt.Errorf("the message files of the source tree are needed: %w", err)
	}
	translated, err := os.ReadFile(w.messageFile(w.lang))
	if err != nil {
		return err
	}
	f, err := exchange.ReadMessages(english, translated, w.lang)
	if err != nil {
		return err
	}
	return exchange.Write(out, w.format, f)
}

// importTranslation takes a file of a translator's tool in and prints what became of each text.
func importTranslation(ctx context.Context, cfg config.Config, args []string) error {
	w, err := readSwap("import", args)
	if err != nil {
		return err
	}
	in := io.ReadCloser(os.Stdin)
	if w.file != "-" {
		if in, err = os.Open(w.file); err != nil {
			return err
		}
	}
	defer in.Close()
	if w.what == swapInterface {
		return plainly(w.importInterface(in))
	}
	return plainly(w.withPortal(ctx, cfg, func(s *server.Server) error { return w.importInto(ctx, s, in) }))
}

func (w swap) importInterface(in io.Reader) error {
	english, err := os.ReadFile(w.messageFile("en"))
	if err != nil {
		return fmt.Errorf("the message files of the source tree are needed: %w", err)
	}
	translated, err := os.ReadFile(w.messageFile(w.lang))
	if err != nil {
		return err
	}
	f, err := exchange.Read(in)
	if err != nil {
		return err
	}
	list, out, err := translate.ImportMessages(english, translated, w.lang, f)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.What != translate.Equal {
			fmt.Printf("line %d\t%s\t%s\t%s\n", o.Line, o.What, o.Key, o.Reason)
		}
	}
	if w.try || bytes.Equal(out, translated) {
		return nil
	}
	// Beside the old file and then in its place, so that a full disk leaves the old one.
	fresh := w.messageFile(w.lang) + ".new"
	if err := os.WriteFile(fresh, out, 0o644); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	return os.Rename(fresh, w.messageFile(w.lang))
}

func (w swap) importInto(ctx context.Context, s *server.Server, in io.Reader) error {
	who, err := roleNamed(ctx, s.Store.DB, w.as)
	if err != nil {
		return err
	}
	switch w.what {
	case swapMaterial:
		return w.importMaterial(ctx, s, who, in)
	case swapMemory:
		sum, err := s.Translate.ImportMemory(ctx, who, w.from, w.lang, in, w.try)
		if err == nil {
			fmt.Printf("%d new, %d the same, %d kept as they are here, %d passed over\n", sum.New, sum.Same, sum.Kept, sum.Passed)
		}
		return err
	case swapGlossary:
		list, err := s.Translate.ImportTerms(ctx, who, in, w.try)
		for _, o := range list {
			if o.What != translate.Equal {
				fmt.Printf("line %d\t%s\t%s\t%s\t%s\n", o.Line, o.What, o.Term.Lang, o.Term.Term, columnsOf(o.Faults))
			}
		}
		return err
	}
	return fmt.Errorf("-what %s: there is interface, material, memory and glossary", w.what)
}

// columnsOf names the columns of a line that have to be mended.
func columnsOf(faults []fault.Field) string {
	names := make([]string, len(faults))
	for i, f := range faults {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

func (w swap) importMaterial(ctx context.Context, s *server.Server, who member.Actor, in io.Reader) error {
	doc, ok := store.ParseID(w.id)
	if !ok {
		return errors.New("say which material: -id and the number in its address")
	}
	do := s.Translate.Import
	if w.try {
		do = s.Translate.TryImport
	}
	done, err := do(ctx, who, doc, w.lang, in)
	for _, o := range done.Rows {
		if o.What != translate.Equal {
			fmt.Printf("line %d\t%s\tsegment %d\t%d to look at\n", o.Line, o.What, o.N, len(o.Findings))
		}
	}
	if err == nil {
		written := "written"
		if w.try {
			written = "would be written"
		}
		fmt.Printf("%d %s, %d the same, %d not in the file\n", done.Taken(), written, done.Count(translate.Equal), done.Left)
	}
	return err
}

// roleNamed is the person in whose name words come in. Somebody else has to review them, so
// they need an author.
func roleNamed(ctx context.Context, db *gorm.DB, handle string) (member.Actor, error) {
	rows, err := gorm.G[member.RoleAccount](db).Where("handle = ?", handle).Limit(1).Find(ctx)
	if err != nil {
		return member.Actor{}, err
	}
	if handle == "" || len(rows) == 0 {
		return member.Actor{}, errors.New("say who does it: -as and the handle of somebody of the team")
	}
	return member.Actor{Role: &member.RoleActor{ID: rows[0].ID, Handle: rows[0].Handle, Roles: rows[0].RoleList()}}, nil
}

func (w swap) withPortal(ctx context.Context, cfg config.Config, do func(*server.Server) error) error {
	s, err := open(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Store.Close())
}

// plainly says in English what the pages say in her language.
func plainly(err error) error {
	var file *exchange.Fault
	f := fault.As(err)
	switch {
	case errors.As(err, &file):
		return file
	case f == nil || f.Kind == fault.Internal:
		return err
	case f.Kind == fault.NotFound:
		return errors.New("there is no such text or language, or this person does not translate")
	case len(f.Fields) > 0:
		if words, ok := told[f.Fields[0].Key]; ok {
			return errors.New(words)
		}
	}
	return err
}

// told are the refusals of a file that say nothing about a line.
var told = map[string]string{
	"translate.exchange.other": "this file belongs to another text",
	"translate.exchange.lang":  "this file is for another language",
	"translate.open.lang":      "the language is none of those that are translated here",
}
