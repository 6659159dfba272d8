package member

import (
	"context"
	"crypto/rand"
	"math/big"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// Batch is a set of invitation cards that share one code. Uses are counted per batch and
// nothing links an account to a batch; a batch has at least ten uses, or it would be a person.
type Batch struct {
	ID       store.ID `gorm:"primaryKey"`
	Label    string
	CodeHash []byte
	CodeBox  []byte // the code, sealed for this server so that cards can be printed again
	Most     int
	Uses     int
	Expires  string // day
	Closed   bool
}

// TableName names the table.
func (Batch) TableName() string { return "invite_batches" }

// Limits of a batch.
const (
	LeastUses    = 10
	MostUses     = 500
	LongestDays  = 365
	longestBatch = 60
)

// codeLetters leaves out what is easily misread on a card.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// BatchForm is what a coordinator says about new cards.
type BatchForm struct {
	Label string
	Most  int
	Days  int
}

func (f BatchForm) check() error {
	var mend []fault.Field
	if n := utf8.RuneCountInString(strings.TrimSpace(f.Label)); n == 0 || n > longestBatch {
		mend = append(mend, fault.Field{Name: "label", Key: "invite.label.length"})
	}
	if f.Most < LeastUses || f.Most > MostUses {
		mend = append(mend, fault.Field{Name: "most", Key: "invite.most.range", Args: []any{"Least", LeastUses, "Most", MostUses}})
	}
	if f.Days < 1 || f.Days > LongestDays {
		mend = append(mend, fault.Field{Name: "days", Key: "invite.days.range", Args: []any{"Most", LongestDays}})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Invite makes a batch and returns it with its code.
func (s *Service) Invite(ctx context.Context, who Actor, f BatchForm) (Batch, string, error) {
	if !who.Has(RoleCoordinator) {
		return Batch{}, "", fault.New(fault.NotFound, "error.missing")
	}
	return s.invite(ctx, f)
}

func (s *Service) invite(ctx context.Context, f BatchForm) (Batch, string, error) {
	if err := f.check(); err != nil {
		return Batch{}, "", err
	}
	code := newCode()
	b := Batch{
		ID: store.NewID(), Label: strings.TrimSpace(f.Label), CodeHash: s.server.Fingerprint("invitation", code),
		CodeBox: []byte(s.server.Ticket("invitation", []byte(code))), Most: f.Most, Expires: s.store.DayAfter(f.Days),
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error { return gorm.G[Batch](tx).Create(ctx, &b) })
	return b, showCode(code), err
}

// BatchLine is a batch as its page shows it.
type BatchLine struct {
	Batch
	Code string
	Left int
	Over bool // expired, closed or used up
}

// Batches lists all batches, newest expiry first.
func (s *Service) Batches(ctx context.Context, who Actor) ([]BatchLine, error) {
	if !who.Has(RoleCoordinator) {
		return nil, fault.New(fault.NotFound, "error.missing")
	}
	rows, err := gorm.G[Batch](s.store.DB).Order("expires DESC, id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	lines := make([]BatchLine, len(rows))
	for i, row := range rows {
		row.Uses += s.pending.of(row.ID)
		lines[i] = BatchLine{Batch: row, Left: max(0, row.Most-row.Uses)}
		lines[i].Over = row.Closed || lines[i].Left == 0 || row.Expires < s.store.Today()
		if code, ok := s.server.ReadTicket("invitation", string(row.CodeBox)); ok {
			lines[i].Code = showCode(string(code))
		}
	}
	return lines, nil
}

// CloseBatch makes the cards of a batch worthless, for example when a pile was lost.
func (s *Service) CloseBatch(ctx context.Context, who Actor, id store.ID) error {
	if !who.Has(RoleCoordinator) {
		return fault.New(fault.NotFound, "error.missing")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Batch](tx).Where("id = ?", id).Update(ctx, "closed", true)
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "error.missing")
		}
		return err
	})
}

// claimUse takes one use of a code and returns how to give it back. The count stays in
// memory and is written once an hour: written beside the new account, the same moment on
// disk would join the account to the batch. A server that is killed forgets at most an
// hour of counting, which lets a few more people in and endangers nobody.
func (s *Service) claimUse(ctx context.Context, f JoinForm, client string) (release func(), err error) {
	if s.open && f.Code == "" {
		return func() {}, nil
	}
	folded := foldCode(f.Code)
	if err := s.slow.admit(folded+folded, client, f.Ticket); err != nil {
		return nil, err
	}
	rows, err := gorm.G[Batch](s.store.DB).Where("code_hash = ?", s.server.Fingerprint("invitation", folded)).Limit(1).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	if len(rows) == 0 || rows[0].Closed || rows[0].Expires < s.store.Today() {
		s.slow.wrong(folded+folded, client)
		return nil, fault.Mend(fault.Field{Name: "code", Key: "join.code.wrong"})
	}
	if !s.pending.take(rows[0].ID, rows[0].Most-rows[0].Uses) {
		return nil, fault.Mend(fault.Field{Name: "code", Key: "join.code.used"})
	}
	return func() { s.pending.add(rows[0].ID, -1) }, nil
}

// FlushUses writes the uses that were counted in memory. The server calls it once an hour
// and at a clean stop.
func (s *Service) FlushUses(ctx context.Context) error {
	counts := s.pending.drain()
	if len(counts) == 0 {
		return nil
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		for id, n := range counts {
			if err := tx.Model(&Batch{}).Where("id = ?", id).Update("uses", gorm.Expr("uses + ?", n)).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		for id, n := range counts {
			s.pending.add(id, n)
		}
	}
	return err
}

// pendingUses counts uses of codes between two flushes.
type pendingUses struct {
	sync.Mutex
	counts map[store.ID]int
}

func (p *pendingUses) of(id store.ID) int {
	p.Lock()
	defer p.Unlock()
	return p.counts[id]
}

func (p *pendingUses) take(id store.ID, left int) bool {
	p.Lock()
	defer p.Unlock()
	if p.counts[id] >= left {
		return false
	}
	p.counts[id]++
	return true
}

func (p *pendingUses) add(id store.ID, n int) {
	p.Lock()
	defer p.Unlock()
	p.counts[id] += n
}

func (p *pendingUses) drain() map[store.ID]int {
	p.Lock()
	defer p.Unlock()
	counts := p.counts
	p.counts = map[store.ID]int{}
	for id, n := range counts {
		if n == 0 {
			delete(counts, id)
		}
	}
	return counts
}

// newCode draws a code of eight signs, 39 bits: enough beside the slowness, short enough for a card.
func newCode() string {
	var b strings.Builder
	for range 8 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeLetters))))
		if err != nil {
			panic("member: the operating system's generator failed: " + err.Error())
		}
		b.WriteByte(codeLetters[n.Int64()])
	}
	return b.String()
}

func showCode(code string) string {
	if len(code) != 8 {
		return code
	}
	return code[:4] + "-" + code[4:]
}

// foldCode accepts lower case, spaces and dashes, and what is misread on a card.
func foldCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); r {
		case 'O':
			return 'Q' // Q is on cards, O never is
		case ' ', '-', '–', '\u00a0':
			return -1
		}
		return r
	}, typed)
}
