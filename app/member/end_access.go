package member

import (
	"context"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/store"
)

// EndAccess takes every way in from a colleague who left, or whose phone and passphrase are in
// other hands: sessions end at once, handle and keys go, and the circles draw new keys for those
// who stay. What was signed stays, as when somebody deletes her own account. An administrator
// may end everybody's access, a coordinator everybody's but an administrator's, and nobody her
// own: that is for the page where she deletes her account. It asks for the passphrase again,
// and the audit log keeps the day and who did it to whom.
func (s *Service) EndAccess(ctx context.Context, who Actor, id store.ID, again Again) error {
	if _, err := s.Colleague(ctx, who, id); err != nil {
		return err
	}
	if err := s.Sure(ctx, who, again); err != nil {
		return err
	}
	matter := `{"act":"ended access","of":"` + id.String() + `","by":"` + who.Role.ID.String() + `"}`
	return s.endFor(ctx, id, func(tx *gorm.DB) error { return audit.Note(ctx, tx, s.store.Today(), "role", matter) })
}

// Colleague is somebody with a role whose access she may end.
func (s *Service) Colleague(ctx context.Context, who Actor, id store.ID) (RoleAccount, error) {
	if who.Role == nil || !who.Has(RoleCoordinator, RoleAdmin) || who.Role.ID == id {
		return RoleAccount{}, fault.New(fault.NotFound, "error.missing")
	}
	rows, err := gorm.G[RoleAccount](s.store.DB).Select("id", "handle", "roles").Where("id = ? AND ended IS NULL", id).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return RoleAccount{}, missing(err)
	}
	for _, role := range rows[0].RoleList() {
		if role == RoleAdmin && !who.Has(RoleAdmin) {
			return RoleAccount{}, fault.New(fault.Refused, "team.end.admin")
		}
	}
	return rows[0], nil
}

// missing is the driver's error, or that there is nobody of this number.
func missing(err error) error {
	if err != nil {
		return store.Translate(err)
	}
	return fault.New(fault.NotFound, "error.missing")
}
