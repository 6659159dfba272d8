package training

import (
	"context"
	"crypto/ed25519"
	"strings"
	"time"

	"portico/app/credential"
	"portico/app/fault"
	"portico/app/member"
)

// BadgeForm is what a file says beside the statement itself. Name is as she typed it for
// this one file; it is written into the file and kept nowhere.
type BadgeForm struct {
	Origin   string // the portal's address
	Issuer   string // the portal's name
	Lang     string
	Criteria string // what was asked of her, in that language
	Name     string
}

// BadgeKind says which of the two files she takes.
type BadgeKind string

// The kinds.
const (
	SignedFile   BadgeKind = "jwt"  // for programs that check it
	ReadableFile BadgeKind = "json" // the same to read, without a signature
)

// BadgeFile writes the statement that she holds about a module as an Open Badge. Files of one
// statement carry the same ids, because it is one statement; those of two carry none that
// is the same, and neither carries anything of hers but the name in the form.
func (s *Service) BadgeFile(ctx context.Context, who member.Actor, slug string, kind BadgeKind, f BadgeForm) ([]byte, error) {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return nil, err
	}
	held, err := s.Held(ctx, who, slug)
	if err != nil {
		return nil, err
	}
	if held.State != Counts {
		return nil, notFound()
	}
	text, hash := m.In(f.Lang), s.codeHash(held.Code)
	award := credential.Award{
		ID: s.credentialID(hash), Subject: credential.ID(s.server.Fingerprint("credential subject", string(hash))),
		Issuer: f.Issuer, Module: slug, Version: held.Version,
		Title: text.Title, Description: strings.Join(text.Objectives, ". "), Criteria: f.Criteria, Lang: text.Lang,
		From: s.midnight(held.Day, 0), Name: f.Name,
	}
	if held.Ends != "" {
		award.Until = s.midnight(held.Ends, 1).Add(-time.Second)
	}
	keys := s.signingKeys(f.Origin)
	if kind == ReadableFile {
		readable, err := keys.Readable(award)
		return readable, fault.Wrap(err, "write a badge")
	}
	token, err := keys.Token(award)
	return []byte(token), fault.Wrap(err, "sign a badge")
}

// credentialID is the id of the credential that belongs to a fingerprint. It is computed and
// not stored: with a copy of the table alone nobody finds the row of a file.
func (s *Service) credentialID(hash []byte) credential.ID {
	return credential.ID(s.server.Fingerprint("credential", string(hash)))
}

// midnight is the moment at which a day begins in the host's zone, some days later. Days
// are all that is known about a statement, so a badge begins and ends with them.
func (s *Service) midnight(day string, later int) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, day, s.store.Zone)
	if err != nil {
		return time.Time{}
	}
	return at.AddDate(0, 0, later).UTC()
}

func (s *Service) signingKeys(origin string) credential.Keys {
	return credential.NewKeys(origin, func(generation int) ed25519.PrivateKey {
		return s.server.SigningKey("credential", generation)
	})
}

// KeySet is the published set of keys with which files check, for the portal at this address.
func (s *Service) KeySet(origin string) ([]byte, error) { return s.signingKeys(origin).Set() }

// Key is one published key by its fingerprint.
func (s *Service) Key(origin, fingerprint string) ([]byte, bool) {
	return s.signingKeys(origin).One(fingerprint)
}
