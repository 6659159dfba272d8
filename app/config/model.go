package config

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Model is the machine that drafts translations of materials, at any address that speaks as
// OpenAI's does. It is off while ModelURL is empty, and then no page speaks of it.
type Model struct {
	// ModelURL is the address, such as https://host/v1; without https only on this machine.
	ModelURL string `env:"PORTICO_MODEL_URL"`
	// ModelKey is sent to that address and nowhere else.
	ModelKey Secret `env:"PORTICO_MODEL_KEY"`
	// ModelName is what the address calls the model.
	ModelName string `env:"PORTICO_MODEL_NAME"`
	// ModelLanguages are the languages into which it may draft; empty means all.
	ModelLanguages []string `env:"PORTICO_MODEL_LANGUAGES"`
	// ModelBudget is the most that it may cost in a month, in the host's currency.
	ModelBudget decimal.Decimal `env:"PORTICO_MODEL_BUDGET" envDefault:"0"`
	// ModelPriceIn and ModelPriceOut are what a million tokens cost; 0 is free.
	ModelPriceIn  decimal.Decimal `env:"PORTICO_MODEL_PRICE_IN" envDefault:"0"`
	ModelPriceOut decimal.Decimal `env:"PORTICO_MODEL_PRICE_OUT" envDefault:"0"`
	// ModelTimeout is how long one answer may take, from a second to five minutes.
	ModelTimeout time.Duration `env:"PORTICO_MODEL_TIMEOUT" envDefault:"60s"`

	// BackURL, BackKey and BackName are a second model, which says in the language of the
	// source what a translation says; best one of another maker. It is off while BackURL is
	// empty, and shares the first one's budget and time.
	BackURL      string          `env:"PORTICO_MODEL_BACK_URL"`
	BackKey      Secret          `env:"PORTICO_MODEL_BACK_KEY"`
	BackName     string          `env:"PORTICO_MODEL_BACK_NAME"`
	BackPriceIn  decimal.Decimal `env:"PORTICO_MODEL_BACK_PRICE_IN" envDefault:"0"`
	BackPriceOut decimal.Decimal `env:"PORTICO_MODEL_BACK_PRICE_OUT" envDefault:"0"`
}

// A worker keeps a job for ten minutes, so a call has to end well before that.
const (
	shortestModelTimeout = time.Second
	longestModelTimeout  = 5 * time.Minute
)

// Secret is a setting that is never printed, whoever prints the settings.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides the secret from JSON and from logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ModelOn reports whether the host has turned the machine on.
func (m Model) ModelOn() bool { return m.ModelURL != "" }

// check refuses an address to which texts and the key would go in the clear. It never
// quotes the address, which may hold a password.
func (m Model) check() error {
	for name, amount := range map[string]decimal.Decimal{
		"BUDGET": m.ModelBudget, "PRICE_IN": m.ModelPriceIn, "PRICE_OUT": m.ModelPriceOut, "BACK_PRICE_IN": m.BackPriceIn, "BACK_PRICE_OUT": m.BackPriceOut,
	} {
		if amount.IsNegative() || amount.GreaterThan(decimal.NewFromInt(1_000_000)) {
			return fmt.Errorf("PORTICO_MODEL_%s must be an amount from 0 to 1000000", name)
		}
	}
	if !m.ModelOn() {
		if m.BackURL != "" {
			return fmt.Errorf("PORTICO_MODEL_BACK_URL needs PORTICO_MODEL_URL as well")
		}
		return nil
	}
	if err := checkMachine("PORTICO_MODEL", m.ModelURL, m.ModelName); err != nil {
		return err
	}
	if m.BackURL != "" {
		if err := checkMachine("PORTICO_MODEL_BACK", m.BackURL, m.BackName); err != nil {
			return err
		}
	}
	if m.ModelTimeout < shortestModelTimeout || m.ModelTimeout > longestModelTimeout {
		return fmt.Errorf("PORTICO_MODEL_TIMEOUT must be from %s to %s", shortestModelTimeout, longestModelTimeout)
	}
	return nil
}

// checkMachine looks at the address and the name of one model.
func checkMachine(prefix, address, name string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return fmt.Errorf("%s_URL is no web address, or holds a name and a password", prefix)
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	if u.Scheme != "https" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%s_URL must be https, unless the model runs on this machine", prefix)
	}
	if strings.TrimSpace(name) == "" {
		return fmt.Errorf("%s_NAME must say which model to ask", prefix)
	}
	return nil
}
