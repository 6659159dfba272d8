package peerwork

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// ContractText is one version of the text of a contract in one language. A change makes
// the next version; what she ticked belongs to the version she had before her.
type ContractText struct {
	ID         store.ID `gorm:"primaryKey"`
	ContractID store.ID
	AccountID  store.ID
	Lang       string
	Version    int
	Parts      int
	SavedBy    store.ID
	SavedDay   string
	WordsID    store.ID
}

// TableName names the table.
func (ContractText) TableName() string { return "contract_texts" }

// Part is one piece of the text, small enough to be explained at one go.
type Part struct {
	Title string `json:"title"`
	Words string `json:"words"`
}

// Limits of a text.
const (
	MostParts   = 20
	LongestPart = 4000 // characters
)

// TextForm is what a coordinator types: Markdown, in which each line that begins with ##
// begins a part.
type TextForm struct {
	Lang, Words string
	Nonce       string
}

var tagPattern = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4})?$`)

// SplitParts cuts a text at its headings. Words before the first heading are a part too.
func SplitParts(words string) []Part {
	var parts []Part
	now := Part{}
	flush := func() {
		now.Title, now.Words = strings.TrimSpace(now.Title), strings.TrimSpace(now.Words)
		if now.Title != "" || now.Words != "" {
			parts = append(parts, now)
		}
		now = Part{}
	}
	for _, line := range strings.Split(words, "\n") {
		if title, ok := strings.CutPrefix(strings.TrimSpace(line), "## "); ok {
			flush()
			now.Title = title
			continue
		}
		now.Words += line + "\n"
	}
	flush()
	return parts
}

// JoinParts writes the parts as they are typed.
func JoinParts(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Title != "" {
			b.WriteString("## " + p.Title + "\n\n")
		}
		b.WriteString(p.Words + "\n\n")
	}
	return strings.TrimSpace(b.String())
}

func (f TextForm) parts() ([]Part, error) {
	var mend []fault.Field
	if !tagPattern.MatchString(f.Lang) {
		mend = append(mend, fault.Field{Name: "lang", Key: "peerwork.text.lang.missing"})
	}
	parts := SplitParts(f.Words)
	switch {
	case len(parts) == 0:
		mend = append(mend, fault.Field{Name: "words", Key: "peerwork.text.empty"})
	case len(parts) > MostParts:
		mend = append(mend, fault.Field{Name: "words", Key: "peerwork.text.parts", Args: []any{"Most", MostParts}})
	case slices.ContainsFunc(parts, func(p Part) bool { return utf8.RuneCountInString(p.Title+p.Words) > LongestPart }):
		mend = append(mend, fault.Field{Name: "words", Key: "peerwork.text.long", Args: []any{"Most", LongestPart}})
	}
	return parts, fault.Mended(mend)
}

// SaveText keeps the text of a contract in one language, sealed for the peer, the
// coordinators and the recovery. A text that says what the version before says makes no
// new version, so that no tick is lost for nothing.
func (s *Service) SaveText(ctx context.Context, who member.Actor, contract store.ID, f TextForm) error {
	row, err := s.contractFor(ctx, who, contract)
	if err != nil {
		return err
	}
	if row.AccountID == who.Role.ID {
		return fault.New(fault.Refused, "peerwork.two-people")
	}
	parts, err := f.parts()
	if err != nil {
		return err
	}
	text := ContractText{
		ID: store.FormID("peerwork", f.Nonce), ContractID: contract, AccountID: row.AccountID, Lang: f.Lang, Version: 1, Parts: len(parts), SavedBy: who.Role.ID, SavedDay: s.store.Today(),
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if n, err := gorm.G[ContractText](tx).Where("id = ?", text.ID).Count(ctx, "id"); err != nil || n > 0 {
			return err // the same form again
		}
		before, err := gorm.G[ContractText](tx).Where("contract_id = ? AND lang = ?", contract, f.Lang).Order("version DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			var old []Part
			if found, err := s.open(ctx, tx, who, before[0].WordsID, &old); err != nil || found && slices.Equal(old, parts) {
				return err
			}
			text.Version = before[0].Version + 1
		}
		readers, err := coordinators(ctx, tx)
		if err != nil {
			return err
		}
		if text.WordsID, err = s.sealKept(ctx, tx, "contract text", parts, append(readers, row.AccountID)...); err != nil {
			return err
		}
		if err := gorm.G[ContractText](tx).Create(ctx, &text); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "contract text", row.AccountID)
	})
}

// contractFor finds a contract in force for a coordinator.
func (s *Service) contractFor(ctx context.Context, who member.Actor, contract store.ID) (ContractRow, error) {
	if !coordinates(who) {
		return ContractRow{}, fault.Missing()
	}
	row, err := gorm.G[ContractRow](s.store.DB).Where("id = ? AND present = ?", contract, true).First(ctx)
	return row, store.Translate(err)
}

// textsOf lists the newest version in each language, by contract.
func (s *Service) textsOf(ctx context.Context, account store.ID) (map[store.ID][]ContractText, error) {
	rows, err := gorm.G[ContractText](s.store.DB).Where("account_id = ?", account).Order("lang, version DESC").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	texts := map[store.ID][]ContractText{}
	for _, row := range rows {
		list := texts[row.ContractID]
		if n := len(list); n == 0 || list[n-1].Lang != row.Lang {
			texts[row.ContractID] = append(list, row)
		}
	}
	return texts, nil
}

// TextBefore is the text as it stands, for the form that changes it; no parts for none.
func (s *Service) TextBefore(ctx context.Context, who member.Actor, contract store.ID, lang string) (row ContractRow, parts []Part, err error) {
	if row, err = s.contractFor(ctx, who, contract); err != nil {
		return row, nil, err
	}
	texts, err := gorm.G[ContractText](s.store.DB).Where("contract_id = ? AND lang = ?", contract, lang).Order("version DESC").Limit(1).Find(ctx)
	if err != nil || len(texts) == 0 {
		return row, nil, store.Translate(err)
	}
	found, err := s.open(ctx, s.store.DB, who, texts[0].WordsID, &parts)
	if err == nil && found && who.Role.ID != row.AccountID {
		err = s.noteRead(ctx, who, texts[0].WordsID)
	}
	return row, parts, err
}
