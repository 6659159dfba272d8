package config

import (
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// checkDatabases reads the addresses of the database and its replicas. In production a database
// on another machine is reached through TLS or not at all: PostgreSQL's own habit is to fall
// back to the clear, where everybody on the way reads along.
func (c Config) checkDatabases() error {
	if len(c.Replicas) > 0 && c.Database == "" {
		return fmt.Errorf("PORTICO_REPLICAS needs PORTICO_DATABASE: the embedded database has no replicas")
	}
	if c.Database == "" {
		return nil
	}
	for i, address := range append([]string{c.Database}, c.Replicas...) {
		name := "PORTICO_DATABASE"
		if i > 0 {
			name = "PORTICO_REPLICAS"
		}
		if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") && !strings.Contains(address, "host=") {
			return fmt.Errorf("%s must be a postgres:// address, or empty for the embedded database", name)
		}
		settings, err := pgconn.ParseConfig(address)
		if err != nil {
			// The driver's own words may quote the password.
			return fmt.Errorf("%s is not an address that PostgreSQL's driver reads", name)
		}
		if c.Production() && inTheClear(settings) {
			return fmt.Errorf("%s leads to another machine without TLS for sure: add sslmode=verify-full to the address, or sslmode=require within a network that you trust", name)
		}
	}
	return nil
}

// inTheClear reports whether a connection to another machine may go without TLS.
func inTheClear(settings *pgconn.Config) bool {
	if settings.TLSConfig == nil && !here(settings.Host) {
		return true
	}
	for _, other := range settings.Fallbacks {
		if other.TLSConfig == nil && !here(other.Host) {
			return true
		}
	}
	return false
}

// here reports whether a host is this machine: a socket in a folder, or loopback.
func here(host string) bool {
	ip := net.ParseIP(host)
	return strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") || host == "localhost" || (ip != nil && ip.IsLoopback())
}
