package member

import "portico/app/fault"

// Code is eight signs that people tell each other out of band. Only the fingerprint is
// stored, and it is keyed with the server's secrets, so that a copy of the database alone
// does not give the few signs away.
type Code struct {
	Shown string
	Hash  []byte
}

// NewCode draws a code for one purpose.
func (s *Service) NewCode(purpose string) Code {
	code := newCode()
	return Code{Shown: showCode(code), Hash: s.server.Fingerprint(purpose, code)}
}

// TypedCode is what somebody typed into the field of a code.
type TypedCode struct {
	Text   string
	Client string
	Ticket string
}

// ReadCode returns the fingerprint to look for. Miss is called when nothing has it: like
// wrong keys, wrong codes make the next tries slower, and the fault then asks to wait.
func (s *Service) ReadCode(purpose string, t TypedCode) (hash []byte, miss func(), err error) {
	folded := foldCode(t.Text)
	if folded == "" {
		return nil, nil, fault.Mend(fault.Field{Name: "code", Key: "forum.group.code.empty"})
	}
	if len(folded) > 40 {
		folded = folded[:40]
	}
	if err := s.slow.admit(folded+folded, t.Client, t.Ticket); err != nil {
		return nil, nil, err
	}
	return s.server.Fingerprint(purpose, folded), func() { s.slow.wrong(folded+folded, t.Client) }, nil
}
