package careerweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/career"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// outsidePage is where somebody writes about a conflict to a contact outside the team.
type outsidePage struct {
	*ui.Page
	ui.Again
	Who      member.Actor
	Contacts []career.Contact
	Notes    []career.Note
	Contact  string
	Words    string
	Nonce    string
}

const outside = "/work/career/outside"

// Outside shows it.
func (a *Area) Outside(c *fiber.Ctx) error { return a.sendOutside(c, fiber.StatusOK, nil) }

func (a *Area) sendOutside(c *fiber.Ctx, status int, change func(*outsidePage)) error {
	v := outsidePage{Page: a.page(c), Who: request.Actor(c), Nonce: request.NewNonce()}
	v.Path = outside
	var err error
	if v.Contacts, err = a.path.Contacts(c.UserContext(), v.Who); err != nil {
		return err
	}
	if v.Notes, err = a.path.Notes(c.UserContext(), v.Who); err != nil {
		return err
	}
	if change != nil {
		change(&v)
	}
	return a.kit.Send(c, status, outsideView(v))
}

func (v outsidePage) options() []ui.Option {
	list := []ui.Option{{Label: v.T("peerwork.choose")}}
	for _, one := range v.Contacts {
		list = append(list, ui.Option{Value: one.ID.String(), Label: one.Handle + ", " + one.Organisation})
	}
	return list
}

// Write seals a note for a contact.
func (a *Area) Write(c *fiber.Ctx) error {
	page, contact, words := a.page(c), c.FormValue("contact"), request.Typed(c, "words")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptNoteView(outsidePage{Page: page, Again: back, Contact: contact, Words: words, Nonce: c.Params("form")}))
	}
	if status == 0 {
		f := career.WriteForm{Words: words, Nonce: c.Params("form")}
		f.Contact, _ = store.ParseID(contact)
		id, err := a.path.Write(c.UserContext(), request.Actor(c), f)
		if err == nil {
			return a.kit.Go(c, outside+"/"+id.String(), ui.Done, "career.note.sent")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendOutside(c, status, func(v *outsidePage) { v.Again, v.Contact, v.Words = back, contact, words })
}

// notePage is one note, for whoever wrote it or for the contact.
type notePage struct {
	*ui.Page
	ui.Again
	Note    career.Note
	Contact bool // the contact reads
	Action  string
	Words   string
	Nonce   string
}

// OneNote shows one of hers.
func (a *Area) OneNote(c *fiber.Ctx) error { return a.sendNote(c, false, fiber.StatusOK, nil) }

// ForContact shows one to the contact.
func (a *Area) ForContact(c *fiber.Ctx) error { return a.sendNote(c, true, fiber.StatusOK, nil) }

func (a *Area) sendNote(c *fiber.Ctx, contact bool, status int, change func(*notePage)) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := notePage{Page: a.page(c), Contact: contact, Nonce: request.NewNonce(), Action: notePath(id, contact)}
	read := a.path.OneNote
	if contact {
		read = a.path.ForContact
	}
	if v.Note, err = read(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	v.Path = v.Action
	if change != nil {
		change(&v)
	}
	return a.kit.Send(c, status, noteView(v))
}

func notePath(id store.ID, contact bool) string {
	if contact {
		return "/work/career/notes/" + id.String()
	}
	return outside + "/" + id.String()
}

// More adds her words to a note of hers.
func (a *Area) More(c *fiber.Ctx) error { return a.add(c, false) }

// Respond is the contact's answer.
func (a *Area) Respond(c *fiber.Ctx) error { return a.add(c, true) }

func (a *Area) add(c *fiber.Ctx, contact bool) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page, words, nonce := a.page(c), request.Typed(c, "words"), c.FormValue("nonce")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptMoreView(notePage{Page: page, Again: back, Action: notePath(id, contact), Contact: contact, Words: words, Nonce: nonce}))
	}
	if status == 0 {
		write := a.path.More
		if contact {
			write = a.path.Respond
		}
		err := write(c.UserContext(), request.Actor(c), id, words, nonce)
		if err == nil {
			return a.kit.Go(c, notePath(id, contact), ui.Done, "career.note.sent")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendNote(c, contact, status, func(v *notePage) { v.Again, v.Words, v.Nonce = back, words, nonce })
}

// StepBack shreds a note of hers.
func (a *Area) StepBack(c *fiber.Ctx) error {
	return a.change(c, outside, "career.note.dropped", func(who member.Actor, id store.ID) error { return a.path.StepBack(c.UserContext(), who, id) })
}

// inboxPage lists the notes that came to a contact.
type inboxPage struct {
	*ui.Page
	Notes []career.Note
}

// Inbox shows it to contacts. For others who could be one it is empty, and for whoever
// coordinates it does not exist.
func (a *Area) Inbox(c *fiber.Ctx) error {
	notes, ok, err := a.path.Inbox(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	if !ok && request.Actor(c).Has(member.RoleCoordinator, member.RoleAdmin) {
		return fault.Missing()
	}
	return a.kit.Send(c, fiber.StatusOK, inboxView(inboxPage{a.page(c), notes}))
}
