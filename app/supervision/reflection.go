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

// Erase ends what she is part of and removes her private notes when she deletes her
// account. What two people signed stays for its time under numbers alone. It is wired
// after the forum's, because dropping boxes forgets which talks were hers.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	rows, err := gorm.G[Entry](tx).
		Where("relation_id IN (SELECT id FROM supervision_relations WHERE peer_id = ? OR supervisor_id = ?)", who.Role.ID, who.Role.ID).Find(ctx)
	if err != nil {
		return err
	}
	names := make([]string, len(rows))
	for i, e := range rows {
		names[i] = reflectionBox(e.ID)
	}
	if err := member.DropBoxes(ctx, tx, who, names); err != nil {
		return err
	}
	_, err = gorm.G[Relation](tx).Where("(peer_id = ? OR supervisor_id = ?) AND state IN ?", who.Role.ID, who.Role.ID, []string{Proposed, Open}).
		Select("State", "NextDay").Updates(ctx, Relation{State: Ended})
	return err
}
