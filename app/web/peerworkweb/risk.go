package peerworkweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/numeral"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// riskPage is a risk assessment and the form for the next one.
type riskPage struct {
	*ui.Page
	ui.Again
	Account     store.ID
	Handle      string // of the peer, on a coordinator's page
	Own         bool
	Coordinates bool
	Now         peerwork.OpenRisk
	Profile     string
	Review      string
	Nonce       string
	Hazards     [peerwork.MostHazards]hazardFields
}

// hazardFields is one hazard in the form.
type hazardFields struct{ N, What, Likelihood, Consequence, Measures string }

// MyRisk shows her own assessment.
func (a *Area) MyRisk(c *fiber.Ctx) error {
	who := request.Actor(c)
	if !who.Has(member.RolePeer) {
		return fault.Missing()
	}
	return a.sendRisk(c, fiber.StatusOK, who.Role.ID, nil)
}

// RiskOf shows the assessment of a peer to a coordinator.
func (a *Area) RiskOf(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.sendRisk(c, fiber.StatusOK, id, nil)
}

func (a *Area) sendRisk(c *fiber.Ctx, status int, account store.ID, change func(*riskPage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	if who.Role == nil {
		return fault.Missing()
	}
	view := riskPage{Page: a.page(c), Account: account, Own: who.Role.ID == account, Nonce: request.NewNonce(), Coordinates: who.Has(member.RoleCoordinator)}
	var err error
	if view.Now, err = a.work.RiskOf(ctx, who, account); err != nil {
		return err
	}
	view.Path = "/work/risk"
	if !view.Own {
		person, err := a.work.Person(ctx, who, account)
		if err != nil {
			return err
		}
		view.Handle, view.Path = person.Handle, personPath(account)+"/risk"
	}
	view.Profile = view.Now.Profile
	for i, h := range view.Now.Hazards {
		view.Hazards[i] = hazardFields{What: h.What, Likelihood: strconv.Itoa(h.Likelihood), Consequence: strconv.Itoa(h.Consequence), Measures: h.Measures}
	}
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, riskView(view.numbered()))
}

func (v riskPage) numbered() riskPage {
	for i := range v.Hazards {
		v.Hazards[i].N = strconv.Itoa(i + 1)
	}
	return v
}

// Assess keeps an assessment.
func (a *Area) Assess(c *fiber.Ctx) error {
	account, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	view := riskPage{Page: page, Account: account, Profile: request.Typed(c, "profile"), Review: c.FormValue("review"), Nonce: c.FormValue("nonce")}
	for i := range view.Hazards {
		n := strconv.Itoa(i + 1)
		view.Hazards[i] = hazardFields{What: request.Typed(c, "hazard"+n), Likelihood: c.FormValue("likelihood" + n), Consequence: c.FormValue("consequence" + n), Measures: request.Typed(c, "measures"+n)}
	}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	view.Again = back
	if back.SignIn {
		return a.kit.Send(c, status, keptRiskView(view.numbered()))
	}
	if status == 0 {
		if err = a.work.Assess(c.UserContext(), request.Actor(c), account, view.form()); err == nil {
			path := "/work/risk"
			if request.Actor(c).Role.ID != account {
				path = personPath(account)
			}
			return a.kit.Go(c, path, ui.Done, "peerwork.risk.kept")
		}
		if status, err = request.Refused(page, &view.Again, err); err != nil {
			return err
		}
	}
	return a.sendRisk(c, status, account, func(v *riskPage) {
		v.Again, v.Profile, v.Review, v.Hazards, v.Nonce = view.Again, view.Profile, view.Review, view.Hazards, view.Nonce
	})
}

func (v riskPage) form() peerwork.RiskForm {
	f := peerwork.RiskForm{Review: v.Review, Nonce: v.Nonce}
	f.Profile = v.Profile
	for i, h := range v.Hazards {
		if i > 0 && strings.TrimSpace(h.What+h.Measures) == "" {
			continue
		}
		likelihood, _ := numeral.Whole(h.Likelihood)
		consequence, _ := numeral.Whole(h.Consequence)
		f.Hazards = append(f.Hazards, peerwork.Hazard{What: h.What, Likelihood: likelihood, Consequence: consequence, Measures: h.Measures})
	}
	return f
}
