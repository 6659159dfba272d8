package owndata

import (
	"context"
	"slices"

	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// boxes opens the boxes that areas may have made for her, by their names, and the private
// questions whose keys lie in them. The keys themselves stay where they are.
func (s *Service) boxes(ctx context.Context, g *gathering) (map[string]any, [][]string, error) {
	topics, err := member.Trail(ctx, g.db, g.who)
	if err != nil {
		return nil, nil, err
	}
	names := []string{"prefs"}
	for _, topic := range topics {
		names = append(names, "topic/"+topic.String())
	}
	for _, module := range s.modules {
		names = append(names, "training/"+module, "training/"+module+"/reflection", "training/"+module+"/statement")
	}
	for _, row := range g.raw["supervision_present"] {
		if raw, ok := row["entry_id"].([]byte); ok && len(raw) == len(store.ID{}) {
			names = append(names, "reflection/"+store.ID(raw).String())
		}
	}
	boxes, err := member.ReadBoxes[any](ctx, g.db, g.who, names)
	if err != nil {
		return nil, nil, err
	}
	for name, value := range boxes {
		if fields, ok := value.(map[string]any); ok {
			delete(fields, "key")
			if len(fields) == 0 {
				delete(boxes, name)
			}
		}
	}
	questions, err := g.questions(ctx, topics)
	return boxes, questions, err
}

// questions opens what she asked privately, each with its answers in their order.
func (g *gathering) questions(ctx context.Context, topics []store.ID) ([][]string, error) {
	var all [][]string
	for _, topic := range topics {
		var kept struct {
			Key vault.RecordKey `json:"key,omitzero"`
		}
		found, err := member.ReadBox(ctx, g.db, g.who, "topic/"+topic.String(), &kept)
		if err != nil {
			return nil, err
		}
		if !found || kept.Key == (vault.RecordKey{}) {
			continue
		}
		var parts []struct {
			No       int
			SealedID store.ID
		}
		if err := g.db.WithContext(ctx).Table("question_parts").Where("question_id = ?", topic).Order("no").Find(&parts).Error; err != nil {
			return nil, store.Translate(err)
		}
		keys := map[store.ID]vault.RecordKey{}
		for _, p := range parts {
			keys[p.SealedID] = kept.Key
		}
		words, err := member.OpenUnder(ctx, g.db, keys)
		if err != nil {
			return nil, err
		}
		var talk []string
		for _, p := range parts {
			talk = append(talk, words[p.SealedID])
		}
		if talk = slices.DeleteFunc(talk, func(w string) bool { return w == "" }); len(talk) > 0 {
			all = append(all, talk)
		}
	}
	return all, nil
}

// Undecided lists the tables of a schema about which nobody has decided, and those of the
// sheet that are not there; a test wants both to be none.
func Undecided(columns []store.Column) (missing, surplus []string) {
	there := map[string][]string{}
	for _, c := range columns {
		there[c.Table] = append(there[c.Table], c.Name)
	}
	for table := range there {
		if _, known := sheet[table]; !known {
			missing = append(missing, table)
		}
	}
	for table, r := range sheet {
		named := slices.Clone(r.her)
		for _, m := range r.marks {
			named = append(named, m.scope, "tag")
		}
		if r.of != nil {
			named = append(named, r.of.column)
			if !slices.Contains(there[r.of.table], r.of.key) {
				surplus = append(surplus, r.of.table+" "+r.of.key)
			}
		}
		if there[table] == nil || r.why == "" && len(named) == 0 {
			surplus = append(surplus, table)
		}
		for _, column := range named {
			if !slices.Contains(there[table], column) {
				surplus = append(surplus, table+" "+column)
			}
		}
	}
	slices.Sort(missing)
	slices.Sort(surplus)
	return missing, surplus
}

// Purposes are what the marks of the sheet are for; a test finds each in the area that makes
// it, so that a name that changes there cannot be forgotten here.
func Purposes() []string {
	var all []string
	for _, r := range sheet {
		for _, m := range r.marks {
			all = append(all, m.purpose)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
