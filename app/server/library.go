package server

import (
	"context"

	"portico/app/practice"
	"portico/content"
)

// loadLibrary brings the shipped fact sheets of good practices into the database.
func (s *Server) loadLibrary(ctx context.Context) error {
	guide, err := content.InterviewGuide()
	if err != nil {
		return err
	}
	sheets, err := content.FactSheets()
	if err != nil {
		return err
	}
	s.Practice = practice.New(s.Store, guide)
	return s.Practice.Load(ctx, sheets)
}

// loadLeaflets brings the shipped materials into a database that does not have them yet.
func (s *Server) loadLeaflets(ctx context.Context) error {
	leaflets, err := content.Leaflets()
	if err != nil {
		return err
	}
	return s.Material.LoadShipped(ctx, leaflets)
}
