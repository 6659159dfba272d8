package supervision

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Reflection is the private layer: in a box that only its author's secret finds and opens.
// No row says that it exists, and no recovery reaches it.
type Reflection struct {
	Words     string `json:"words"`
	Wellbeing string `json:"wellbeing"`
	Workload  string `json:"workload"`
}

func reflectionBox(entry store.ID) string { return "reflection/" + entry.String() }

// MyReflection reads what she noted for herself about an entry.
func (s *Service) MyReflection(ctx context.Context, who member.Actor, entry store.ID) (r Reflection, err error) {
	if _, _, err := s.entry(ctx, s.store.DB, who, entry); err != nil {
		return r, err
	}
	_, err = member.ReadBox(ctx, s.store.DB, who, reflectionBox(entry), &r)
	return r, err
}

// Reflect keeps what she notes for herself. It is a transaction of its own, so that the
// box never shares one with a row that names her.
func (s *Service) Reflect(ctx context.Context, who member.Actor, entry store.ID, r Reflection) error {
	if _, _, err := s.entry(ctx, s.store.DB, who, entry); err != nil {
		return err
	}
	mend := tooLong("mine", r.Words)
	if !scale(r.Wellbeing) {
		mend = append(mend, fault.Field{Name: "my-wellbeing", Key: "supervision.scale"})
	}
	if !scale(r.Workload) {
		mend = append(mend, fault.Field{Name: "my-workload", Key: "supervision.scale"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, reflectionBox(entry), func(old *Reflection) { *old = r })
	})
}
