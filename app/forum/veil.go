package forum

import (
	"context"

	"portico/app/member"
	"portico/app/store"
)

// veil takes the handles of people in low profile off posts before they are shown. What was
// signed stays as it is in the table, and the badge stays on the post: a role, and no name.
func (s *Service) veil(ctx context.Context, who member.Actor, posts []Post) error {
	var ids []store.ID
	for _, p := range posts {
		if p.Handle != "" {
			ids = append(ids, p.RoleAccountID)
		}
	}
	gone, err := member.Withdrawn(ctx, s.store.DB, member.EyesOf(who), ids)
	for i, p := range posts {
		if p.Handle != "" && gone[p.RoleAccountID] && !isMine(p, who) {
			posts[i].Handle = ""
		}
	}
	return err
}

// veilThread does the same for the answers to a private question, which know handles alone.
func (s *Service) veilThread(ctx context.Context, who member.Actor, t QuestionThread) (QuestionThread, error) {
	var handles []string
	for _, p := range t.Parts {
		if p.Handle != "" && (who.Role == nil || who.Role.Handle != p.Handle) {
			handles = append(handles, p.Handle)
		}
	}
	gone, err := member.WithdrawnHandles(ctx, s.store.DB, member.EyesOf(who), handles)
	for i, p := range t.Parts {
		if gone[p.Handle] {
			t.Parts[i].Handle = ""
		}
	}
	return t, err
}
