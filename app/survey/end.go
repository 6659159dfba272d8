package survey

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/smallcells"
)

// EndDue ends every survey whose last day is over; regular work calls it.
func (s *Service) EndDue(ctx context.Context) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		due, err := gorm.G[Survey](tx).Where("state = ? AND closes_day < ?", Open, s.store.Today()).Find(ctx)
		if err != nil {
			return err
		}
		for _, v := range due {
			if err := s.end(ctx, tx, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// end counts each question once, keeps what may be shown, and deletes what was counted.
func (s *Service) end(ctx context.Context, tx *gorm.DB, v Survey) error {
	texts, err := gorm.G[Text](tx).Where("survey_id = ? AND lang = ?", v.ID, v.Lang).Find(ctx)
	if err != nil {
		return err
	}
	var counted []struct{ No, Choice, N int }
	if err := tx.WithContext(ctx).Raw("SELECT no, choice, count(*) AS n FROM survey_answers WHERE survey_id = ? GROUP BY no, choice", v.ID).Scan(&counted).Error; err != nil {
		return err
	}
	figures := make([]*smallcells.Released, 0, MostQuestions)
	for i, q := range texts[0].List() {
		rows := v.rows(i, q)
		if rows == nil {
			figures = append(figures, nil)
			continue
		}
		table := smallcells.Table{RowsOf: "question " + strconv.Itoa(i+1), Rows: rows, Cols: []string{""}, Cells: make([][]int, len(rows))}
		for k := range rows {
			table.Cells[k] = []int{0}
		}
		for _, c := range counted {
			if c.No == i+1 && c.Choice >= 1 && c.Choice <= len(rows) {
				table.Cells[c.Choice-1][0] = c.N
			}
		}
		released, err := smallcells.Release(table)
		if err != nil {
			return err
		}
		figures = append(figures, &released)
	}
	raw, err := json.Marshal(figures)
	if err != nil {
		return err
	}
	for _, table := range []string{"survey_answers", "survey_voices"} {
		if err := tx.WithContext(ctx).Exec("DELETE FROM "+table+" WHERE survey_id = ?", v.ID).Error; err != nil {
			return err
		}
	}
	_, err = gorm.G[Survey](tx).Where("id = ?", v.ID).Select("State", "EndedDay", "Figures").Updates(ctx, Survey{State: Ended, EndedDay: s.store.Today(), Figures: string(raw)})
	return err
}

// rows are the answers of a question that can be counted, nil for free words.
func (v Survey) rows(i int, q Asked) []string {
	switch strings.Fields(v.Shape)[i] {
	case Words:
		return nil
	case Scale:
		rows := make([]string, TopOfScale)
		for k := range rows {
			rows[k] = strconv.Itoa(k + 1)
		}
		return rows
	}
	return q.Answers
}

// Counted are the figures of a survey that has ended, one for each question; nil for words.
func (v Survey) Counted() (list []*smallcells.Released) {
	_ = json.Unmarshal([]byte(v.Figures), &list) // it was written by end
	return list
}
