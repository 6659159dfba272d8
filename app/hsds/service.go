package hsds

import (
	"crypto/sha1"
	"fmt"
	"strings"
)

// service is a service of the specification, as far as an entry has what it asks.
type service struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Alternate    string        `json:"alternate_name,omitempty"`
	Description  string        `json:"description,omitempty"`
	Status       string        `json:"status"`
	Eligibility  string        `json:"eligibility_description,omitempty"`
	Fees         string        `json:"fees_description,omitempty"`
	Assured      string        `json:"assured_date,omitempty"`
	Phones       []phone       `json:"phones,omitempty"`
	Schedules    []schedule    `json:"schedules,omitempty"`
	Areas        []area        `json:"service_areas,omitempty"`
	Languages    []spoken      `json:"languages,omitempty"`
	Organization *organization `json:"organization,omitempty"`
	Documents    []document    `json:"required_documents,omitempty"`
	Attributes   []attribute   `json:"attributes,omitempty"`
}

type phone struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Type   string `json:"type,omitempty"`
}

type schedule struct {
	ID          string `json:"id"`
	Freq        string `json:"freq,omitempty"`
	ByDay       string `json:"byday,omitempty"`
	Opens       string `json:"opens_at,omitempty"`
	Closes      string `json:"closes_at,omitempty"`
	Description string `json:"description,omitempty"`
}

type area struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

type spoken struct {
	ID   string `json:"id"`
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

type organization struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

type document struct {
	ID       string `json:"id"`
	Document string `json:"document,omitempty"`
}

// attribute carries what the specification has no place for.
type attribute struct {
	ID     string `json:"id"`
	LinkID string `json:"link_id,omitempty"`
	Entity string `json:"link_entity,omitempty"`
	Type   string `json:"link_type,omitempty"`
	Value  string `json:"value,omitempty"`
}

// ours begins the names of our attributes.
const ours = "portico:"

// uuid computes an identifier from words, as RFC 9562 does for names (version 5), under the
// identifier that this project drew once for itself.
func uuid(words ...string) string {
	namespace := []byte{0x6b, 0x0e, 0x5a, 0x51, 0x9c, 0x4f, 0x4d, 0x2a, 0x8e, 0x11, 0x70, 0x6f, 0x72, 0x74, 0x69, 0x63}
	sum := sha1.Sum(append(namespace, strings.Join(words, "\x00")...)) // a name, and no secret
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// serviceOf writes a record as a service.
func serviceOf(r Record) service {
	id := func(words ...string) string { return uuid(append([]string{r.ID}, words...)...) }
	s := service{
		ID: id(), Name: r.Name, Alternate: r.Also, Description: r.What["en"], Status: "active",
		Eligibility: r.Conditions["en"], Assured: r.VerifiedOn,
		Organization: &organization{ID: id("organization"), Name: r.Name, Description: r.What["en"]},
	}
	if r.Free == "yes" {
		s.Fees = "free"
	}
	if r.NoPapers == "no" {
		s.Documents = []document{{ID: id("document"), Document: "papers"}}
	}
	if r.Phone != "" {
		s.Phones = []phone{{ID: id("phone"), Number: r.Phone, Type: "voice"}}
	}
	for _, tag := range r.Languages {
		s.Languages = append(s.Languages, spoken{ID: id("language", tag), Code: tag})
	}
	if r.Country != "" {
		s.Areas = append(s.Areas, area{ID: id("area"), Name: strings.TrimPrefix(r.City+", "+r.Country, ", ")})
	}
	s.Schedules = schedulesOf(r, id)
	add := func(name, value string) {
		if value != "" {
			s.Attributes = append(s.Attributes, attribute{ID: id("attribute", name), LinkID: s.ID, Entity: "service", Type: ours + name, Value: value})
		}
	}
	for _, one := range plain(&r) {
		add(one.name, *one.value)
	}
	add("needs", strings.Join(r.Needs, " "))
	for _, tag := range texts(r.What) {
		add("what."+tag, r.What[tag])
	}
	for _, tag := range texts(r.Conditions) {
		add("conditions."+tag, r.Conditions[tag])
	}
	return s
}

// field is a plain field of a record under its name in files.
type field struct {
	name  string
	value *string
}

// plain lists the fields that have no place in the specification, or one that says less.
func plain(r *Record) []field {
	return []field{
		{"id", &r.ID}, {"kind", &r.Kind}, {"country", &r.Country}, {"city", &r.City}, {"free", &r.Free}, {"anonymous", &r.Anonymous},
		{"no_papers", &r.NoPapers}, {"hours", &r.Hours}, {"opening", &r.Opening}, {"acts", &r.Acts}, {"source", &r.Source},
	}
}
