package request

import (
	"encoding/base64"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/vault"
	"portico/app/web/ui"
)

// Mend translates the fields of an Invalid fault for a form. ok is false for other errors,
// which the handler returns.
func Mend(p *i18n.Printer, err error) (errs []ui.FieldError, ok bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	for _, field := range f.Fields {
		errs = append(errs, ui.FieldError{Field: field.Name, Text: p.T(field.Key, spoken(p, field.Args)...)})
	}
	return errs, true
}

// Words translates a fault's own message.
func Words(p *i18n.Printer, err error) string {
	f := fault.As(err)
	if f == nil {
		return p.T("error.internal")
	}
	return p.T(f.Key, spoken(p, f.Args)...)
}

// spoken writes the days among a message's arguments in words: a fault carries them as
// they are stored.
func spoken(p *i18n.Printer, args []any) []any {
	out := make([]any, len(args))
	copy(out, args)
	for i := 0; i+1 < len(out); i += 2 {
		if day, ok := out[i+1].(string); ok && out[i] == "Day" {
			out[i+1] = p.Day(day)
		}
	}
	return out
}

// NewNonce is the nonce of a fresh form: the same form posts once.
func NewNonce() string { return base64.RawURLEncoding.EncodeToString(vault.Random(12)) }
