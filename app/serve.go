package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"portico/app/config"
	"portico/app/server"
	"portico/app/store"
	"portico/seed"
)

func matches(name string, args []string) (rest []string, ok bool) {
	words := strings.Fields(name)
	if len(args) < len(words) {
		return nil, false
	}
	for i, w := range words {
		if args[i] != w {
			return nil, false
		}
	}
	return args[len(words):], true
}

func open(ctx context.Context, cfg config.Config) (*server.Server, error) {
	return server.Open(ctx, cfg, server.Options{Clock: store.RealClock(cfg.Location()), Log: logger()})
}

// serve runs the portal. An empty database gets the demonstration, or in production the
// boards and a one-time link for the first administrator.
func serve(ctx context.Context, cfg config.Config, _ []string) error {
	s, err := open(ctx, cfg)
	if err != nil {
		return err
	}
	words, err := firstWords(ctx, s)
	if err != nil {
		return fmt.Errorf("prepare an empty database: %w", err)
	}
	return s.Run(ctx, func(address string) {
		at := "http://" + displayed(address)
		fmt.Printf("Portico serves %s\n", at)
		fmt.Print(strings.ReplaceAll(words, "ADDRESS", at))
	})
}

// displayed writes a loopback address as people type it.
func displayed(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err == nil && (host == "127.0.0.1" || host == "::1") {
		return "localhost:" + port
	}
	return address
}

func firstWords(ctx context.Context, s *server.Server) (string, error) {
	boards, err := s.Forum.CountBoards(ctx)
	if err != nil {
		return "", err
	}
	if !s.Config.Production() {
		if boards > 0 {
			return "", nil
		}
		return loadDemo(ctx, s)
	}
	if boards == 0 {
		start, err := seed.Boards()
		if err != nil {
			return "", err
		}
		if err := s.Forum.SetUpBoards(ctx, start); err != nil {
			return "", err
		}
	}
	token, err := s.Members.OfferFirstAdmin(ctx)
	if err != nil || token == "" {
		return "", err
	}
	at := s.Config.Origin
	if at == "" {
		at = "ADDRESS"
	}
	return "The first administrator opens this link within one hour, once: " + at + "/role/" + token + "\n", nil
}

// loadDemo fills the empty database and says one ready way in per role.
func loadDemo(ctx context.Context, s *server.Server) (string, error) {
	fmt.Println("An empty database: building the demonstration, a community and a season of its work, a few seconds …")
	cast, err := seed.Load(ctx, s.Store, s.Secrets, s.Salt)
	if err != nil {
		return "", err
	}
	path := filepath.Join(s.Config.Data, server.CastFile)
	if err := cast.Write(path); err != nil {
		return "", err
	}
	s.MarkDemo()
	var b strings.Builder
	fmt.Fprintf(&b, "This is a demonstration: every person in it is invented. Everybody's way in: %s\n", path)
	fmt.Fprintf(&b, "Join with the code %s, or sign in as:\n", cast.Invitation)
	told := map[string]bool{}
	for _, p := range cast.People {
		role := strings.Join(p.Roles, ", ")
		if told[role] {
			continue
		}
		told[role] = true
		if p.Key != "" {
			fmt.Fprintf(&b, "  %-24s key %s\n", role, p.Key)
			continue
		}
		fmt.Fprintf(&b, "  %-24s handle %s, passphrase %q, authenticator secret %s\n", role, p.Handle, p.Passphrase, p.TOTP)
	}
	return b.String(), nil
}
