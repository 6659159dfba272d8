package seed

import "portico/app/forum"

// Boards are the rooms that every new portal starts with, the demonstration's and a real
// one's alike; a host who wants others changes them later.
func Boards() ([]forum.NewBoard, error) {
	w, err := readWorld()
	if err != nil {
		return nil, err
	}
	return w.boards(), nil
}

func (w world) boards() []forum.NewBoard {
	boards := make([]forum.NewBoard, len(w.Boards))
	for i, b := range w.Boards {
		boards[i].Board = forum.Board{Slug: b.Slug, Audience: forum.Audience(b.Audience), Position: b.Position}
		for _, lang := range b.Languages {
			boards[i].Texts = append(boards[i].Texts, forum.BoardText{Lang: lang, Name: b.Names[lang], Purpose: b.Purposes[lang]})
		}
	}
	return boards
}
