package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, figureHoldings) }

// figureHoldings explains the tables of figures.
var figureHoldings = map[string]holding{
	"figure_tables": {func(p *ui.Page) string { return p.T("hold.figure_tables") }, map[string]class{
		"measure": clear, "month": clear, "cells": clear, "frozen_day": clear,
	}},
	"figure_releases": {func(p *ui.Page) string { return p.T("hold.figure_releases") }, map[string]class{
		"id": random, "measure": clear, "month": clear, "split": clear, "recipient": clear, "state": clear, "asked_day": clear, "settled_day": clear,
		"agreed_by": clear, "group_size": clear, "code_hash": hash,
	}},
	"figure_voices": {func(p *ui.Page) string { return p.T("hold.figure_voices") }, map[string]class{
		"release_id": random, "tag": tag, "agrees": clear, "staff": clear,
	}},
}
