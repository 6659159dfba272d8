// Package config reads the settings of one Portico server from the environment, once,
// into one struct that is passed down. It imports nothing of ours and is never global.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // zone data is embedded, because a small server may have none
	"unicode"

	"github.com/caarlos0/env/v11"
)

// Config holds every setting. The field comments say unit and default.
type Config struct {
	// Listen is the address to serve.
	Listen string `env:"PORTICO_LISTEN" envDefault:"127.0.0.1:8080"`
	// Database is empty for the embedded SQLite file in Data, or a postgres:// address.
	Database string `env:"PORTICO_DATABASE"`
	// Replicas are postgres:// addresses of streaming replicas, between commas: pages are read
	// there, as long as they have everything that the reader wrote herself.
	Replicas []string `env:"PORTICO_REPLICAS"`
	// Data is the folder for the database file, the secrets and the demonstration cast.
	Data string `env:"PORTICO_DATA" envDefault:"./data"`
	// Backups is the folder for backups and for the list of what people deleted, which a restore
	// needs; empty means the folder "backups" in Data. Best on another disk.
	Backups string `env:"PORTICO_BACKUPS"`
	// BackupRecipients are the public keys (age1…) of those who can open a backup, between commas
	// or spaces; at least two. Their secret halves never come near the server.
	BackupRecipients string `env:"PORTICO_BACKUP_RECIPIENTS"`
	// Env is "production" or anything else; only production refuses weak settings.
	Env string `env:"PORTICO_ENV" envDefault:"demonstration"`
	// Origin is the public https (or onion) address; needed to listen beyond loopback.
	Origin string `env:"PORTICO_ORIGIN"`
	// Exit is where the Exit button leads; empty means an encyclopaedia's front page in her language.
	Exit string `env:"PORTICO_EXIT"`
	// Lang is the language of a visitor whose wishes cannot be met.
	Lang string `env:"PORTICO_LANG" envDefault:"en"`
	// Fallback is the host's own word on which language may stand in for one that is not in the
	// menu, as in "be=ru,sr=bg". Without it no language ever stands in for another.
	Fallback map[string]string `env:"PORTICO_FALLBACK" envKeyValSeparator:"="`
	// Country picks the help lines to show, an ISO 3166 code.
	Country string `env:"PORTICO_COUNTRY" envDefault:"IT"`
	// Zone is the host's time zone: days and hours on pages are counted in it.
	Zone string `env:"PORTICO_ZONE" envDefault:"Europe/Rome"`
	// Images lets members put a picture to a post; a moderator looks at each before others do.
	Images bool `env:"PORTICO_IMAGES" envDefault:"false"`
	// OpenJoin lets people join without an invitation code.
	OpenJoin bool `env:"PORTICO_OPEN_JOIN" envDefault:"false"`
	// TrustedProxy is the address or range of a proxy whose X-Forwarded-For is believed.
	TrustedProxy string `env:"PORTICO_TRUSTED_PROXY"`
	// PlainCookie drops the Secure mark, for Safari on a demonstration; refused in production.
	PlainCookie bool `env:"PORTICO_PLAIN_COOKIE" envDefault:"false"`
	Model
}

// Read reads the environment and refuses settings that would endanger people.
func Read() (Config, error) {
	c, err := env.ParseAs[Config]()
	if err != nil {
		return c, fmt.Errorf("settings: %w", err)
	}
	c.Origin = strings.TrimRight(c.Origin, "/")
	return c, c.check()
}

// Production reports whether real people may be using this server.
func (c Config) Production() bool { return c.Env == "production" }

// SQLite returns the path of the embedded database, or "" when PostgreSQL is set.
func (c Config) SQLite() string {
	if c.Database != "" {
		return ""
	}
	return filepath.Join(c.Data, "portico.db")
}

// BackupFolder returns the folder for backups.
func (c Config) BackupFolder() string {
	if c.Backups != "" {
		return c.Backups
	}
	return filepath.Join(c.Data, "backups")
}

// Recipients returns the public keys for backups, one by one.
func (c Config) Recipients() []string {
	return strings.FieldsFunc(c.BackupRecipients, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// SecretsFile returns the path of the server's secrets.
func (c Config) SecretsFile() string { return filepath.Join(c.Data, "secrets.key") }

// Location returns the host's time zone; check has shown that it exists.
func (c Config) Location() *time.Location {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// SecureOrigin reports whether browsers will hold Secure cookies for this server:
// on https, on an onion address, and on loopback.
func (c Config) SecureOrigin() bool { return !c.PlainCookie }

// HTTPS reports whether the public address is https, so that HSTS may be sent.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.Origin, "https://") }

func (c Config) check() error {
	if _, err := time.LoadLocation(c.Zone); err != nil {
		return fmt.Errorf("PORTICO_ZONE=%q is no time zone: %w", c.Zone, err)
	}
	for name, address := range map[string]string{"PORTICO_ORIGIN": c.Origin, "PORTICO_EXIT": c.Exit} {
		if address == "" {
			continue
		}
		if u, err := url.Parse(address); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return fmt.Errorf("%s=%q is no web address", name, address)
		}
	}
	if c.TrustedProxy != "" && net.ParseIP(c.TrustedProxy) == nil {
		if _, _, err := net.ParseCIDR(c.TrustedProxy); err != nil {
			return fmt.Errorf("PORTICO_TRUSTED_PROXY=%q is neither an address nor a range", c.TrustedProxy)
		}
	}
	if c.Production() && c.PlainCookie {
		return fmt.Errorf("PORTICO_PLAIN_COOKIE is for a demonstration and refused in production")
	}
	return errors.Join(c.Model.check(), c.checkReach(), c.checkDatabases())
}

// checkReach refuses to listen beyond this machine without https: a session cookie in
// the clear would hand her account to whoever shares the network.
func (c Config) checkReach() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("PORTICO_LISTEN=%q is no address: %w", c.Listen, err)
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || (ip != nil && ip.IsLoopback())
	onion := strings.HasSuffix(c.Origin, ".onion")
	if !loopback && !c.HTTPS() && !onion && c.TrustedProxy == "" {
		return fmt.Errorf("PORTICO_LISTEN=%s is reachable from outside: set PORTICO_ORIGIN to the https address or PORTICO_TRUSTED_PROXY", c.Listen)
	}
	return nil
}
