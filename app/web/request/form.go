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
		errs = append(errs, ui.FieldError{Field: field.Name, Text: p.T(field.Key, field.Args...)})
	}
	return errs, true
}

// Words translates a fault's own message.
func Words(p *i18n.Printer, err error) string {
	f := fault.As(err)
	if f == nil {
		return p.T("error.internal")
	}
	return p.T(f.Key, f.Args...)
}

// NewNonce is the nonce of a fresh form: the same form posts once.
func NewNonce() string { return base64.RawURLEncoding.EncodeToString(vault.Random(12)) }
