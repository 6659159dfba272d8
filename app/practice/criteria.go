package practice

import (
	"database/sql/driver"
	"encoding/json"
	"errors"

	"portico/content"
)

// Answer says whether a criterion is met.
type Answer string

// The answers. What no source says is unknown, which is not no.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// known reads an answer from a form: anything else is that nobody knows.
func (a Answer) known() Answer {
	if a == Yes || a == No {
		return a
	}
	return Unknown
}

// Judged is one criterion with the ground for the answer.
type Judged struct {
	Answer Answer `json:"answer"`
	Ground string `json:"ground,omitempty"`
}

// Criteria are the answers to all criteria of a good practice, in the order of the source.
type Criteria struct {
	Mandatory    [content.MandatoryCriteria]Judged    `json:"mandatory"`
	Preferential [content.PreferentialCriteria]Judged `json:"preferential"`
}

// Standing is what the criteria say about a practice as a whole.
type Standing string

// The standings. Open is a practice of which too little is known to say.
const (
	Meets     Standing = "meets"
	NotMet    Standing = "not"
	Unsettled Standing = "open"
)

// leastPreferential is how many preferential criteria have to be met beside all mandatory ones.
const leastPreferential = 2

// Standing is the one place of the rule: all three mandatory criteria and at least two of
// the eight preferential ones are met. It is not met once a mandatory one is a no, or so
// many preferential ones are that two are not to be had any more. In between nobody knows.
func (c Criteria) Standing() Standing {
	met, refused := c.count(Yes), c.count(No)
	mandatory := 0
	for _, one := range c.Mandatory {
		switch one.Answer {
		case No:
			return NotMet
		case Yes:
			mandatory++
		}
	}
	switch {
	case len(c.Preferential)-refused < leastPreferential:
		return NotMet
	case mandatory == len(c.Mandatory) && met >= leastPreferential:
		return Meets
	}
	return Unsettled
}

// count is how many preferential criteria have an answer.
func (c Criteria) count(a Answer) (n int) {
	for _, one := range c.Preferential {
		if one.Answer == a {
			n++
		}
	}
	return n
}

// Met are the numbers, from one, of the preferential criteria that are met.
func (c Criteria) Met() (numbers []int) {
	for i, one := range c.Preferential {
		if one.Answer == Yes {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}

// tidied makes every answer one of the three, and every ground one line.
func (c Criteria) tidied() Criteria {
	for i := range c.Mandatory {
		c.Mandatory[i] = Judged{c.Mandatory[i].Answer.known(), tidy(c.Mandatory[i].Ground)}
	}
	for i := range c.Preferential {
		c.Preferential[i] = Judged{c.Preferential[i].Answer.known(), tidy(c.Preferential[i].Ground)}
	}
	return c
}

// shippedCriteria reads those of a shipped sheet: a preferential one that is not listed is unknown.
func shippedCriteria(from content.PracticeCriteria) Criteria {
	var c Criteria
	for i := range min(len(from.Mandatory), len(c.Mandatory)) {
		c.Mandatory[i].Answer = Answer(from.Mandatory[i])
		if i < len(from.Grounds) {
			c.Mandatory[i].Ground = from.Grounds[i]
		}
	}
	for _, one := range from.Preferential {
		c.Preferential[one.Number-1] = Judged{Yes, one.Ground}
	}
	return c.tidied()
}

// Value writes JSON.
func (c Criteria) Value() (driver.Value, error) {
	raw, err := json.Marshal(c)
	return string(raw), err
}

// Scan reads JSON.
func (c *Criteria) Scan(src any) error { return scanJSON(src, c) }

// GormDataType names the column type for GORM's own bookkeeping.
func (Criteria) GormDataType() string { return "string" }

func scanJSON(src, into any) error {
	switch v := src.(type) {
	case string:
		return json.Unmarshal([]byte(v), into)
	case []byte:
		return json.Unmarshal(v, into)
	}
	return errors.New("practice: the column is not JSON")
}
