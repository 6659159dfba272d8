package hsds

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Write writes records as an array of services, one on a line. next returns false at the end.
func Write(w io.Writer, next func() (Record, bool, error)) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	between := "["
	for {
		r, more, err := next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if _, err := io.WriteString(w, between); err != nil {
			return err
		}
		if err := encoder.Encode(serviceOf(r)); err != nil {
			return err
		}
		between = ","
	}
	if between == "[" {
		_, err := io.WriteString(w, "[]\n")
		return err
	}
	_, err := io.WriteString(w, "]\n")
	return err
}

// lists are the names under which files of others hold their services.
var lists = map[string]bool{"services": true, "service": true, "contents": true}

// Read reads services: an array, a page of an interface ("contents"), or an object with
// "services". take hears of each record and of what is wrong with it.
func Read(r io.Reader, take func(int, Record, []Fault) error) error {
	d := json.NewDecoder(r)
	token, err := d.Token()
	if err != nil {
		return broken(0, err)
	}
	switch token {
	case json.Delim('['):
		return readList(d, take)
	case json.Delim('{'):
	default:
		return Fault{0, "", "", Broken, shown(fmt.Sprint(token))}
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return broken(0, err)
		}
		if !lists[fmt.Sprint(key)] {
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return broken(0, err)
			}
			continue
		}
		if token, err := d.Token(); err != nil || token != json.Delim('[') {
			return Fault{0, "", fmt.Sprint(key), Broken, "["}
		}
		return readList(d, take)
	}
	return Fault{0, "", "services", Missing, ""}
}

func readList(d *json.Decoder, take func(int, Record, []Fault) error) error {
	n := 0
	for d.More() {
		if n++; n > Most {
			return Fault{n, "", "", TooMany, fmt.Sprint(Most)}
		}
		var s service
		err := d.Decode(&s)
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			if err := take(n, Record{}, []Fault{{n, s.ID, kind.Field, Odd, shown(kind.Value)}}); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return broken(n, err)
		}
		record, faults := recordOf(s)
		for i := range faults {
			faults[i].Record, faults[i].ID = n, record.ID
		}
		if err := take(n, record, faults); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(n, err)
	}
	return nil
}

func broken(n int, err error) error { return Fault{n, "", "", Broken, shown(err.Error())} }

// recordOf reads a service, ours exactly and others' as far as they go.
func recordOf(s service) (r Record, faults []Fault) {
	r = Record{Name: s.Name, Also: s.Alternate, VerifiedOn: s.Assured, What: map[string]string{}, Conditions: map[string]string{}}
	for _, p := range s.Phones {
		if r.Phone == "" {
			r.Phone = p.Number
		}
	}
	for _, l := range s.Languages {
		r.Languages = append(r.Languages, strings.TrimSpace(l.Code+strings.Repeat(l.Name, btoi(l.Code == ""))))
	}
	mine := false
	for _, a := range s.Attributes {
		if name, ok := strings.CutPrefix(a.Type, ours); ok {
			mine = r.set(name, a.Value) || mine
		}
	}
	if mine && r.ID != "" {
		return r, nil
	}
	if s.ID == "" {
		faults = append(faults, Fault{Field: "id", What: Missing})
	}
	r.ID, r.Kind, r.Source = "hsds-"+strings.ToLower(s.ID), "service", "HSDS"
	if s.Description != "" {
		r.What["en"] = s.Description
	}
	if s.Eligibility != "" {
		r.Conditions["en"] = s.Eligibility
	}
	if len(s.Documents) > 0 {
		r.NoPapers = "no"
	}
	if strings.EqualFold(s.Fees, "free") {
		r.Free = "yes"
	}
	r.Opening, r.VerifiedOn = openingOf(s.Schedules), ""
	for _, a := range s.Areas {
		if city, country, two := strings.Cut(a.Name, ", "); two && r.Country == "" {
			r.City, r.Country = city, country
		}
	}
	return r, faults
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// set puts a value under its name in files; it says whether there is such a name.
func (r *Record) set(name, value string) bool {
	for _, f := range plain(r) {
		if f.name == name {
			*f.value = value
			return true
		}
	}
	if tag, ok := strings.CutPrefix(name, "what."); ok {
		r.What[tag] = value
		return true
	}
	if tag, ok := strings.CutPrefix(name, "conditions."); ok {
		r.Conditions[tag] = value
		return true
	}
	if name == "needs" {
		r.Needs = strings.Fields(value)
		return true
	}
	return false
}
