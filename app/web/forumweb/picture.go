package forumweb

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/picture"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// picturePage is where an author puts a picture to her post, on hosts that allow it.
type picturePage struct {
	*ui.Page
	ID    store.ID
	Topic forum.Topic
	Post  forum.Post
	Has   bool
	Shows string
	cameBack
}

// PictureForm asks for a picture. Where the host allows none, the address does not exist.
func (a *Area) PictureForm(c *fiber.Ctx) error {
	view, err := a.picturePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, pictureView(view))
}

func (a *Area) picturePage(c *fiber.Ctx) (picturePage, error) {
	view := picturePage{Page: a.page(c)}
	if !a.kit.Config.Images {
		return view, nowhere()
	}
	var err error
	if view.ID, err = idOf(c, "id"); err != nil {
		return view, err
	}
	if view.Post, view.Topic, err = a.forum.Mine(c.UserContext(), request.Actor(c), view.ID); err != nil {
		return view, err
	}
	has, err := a.forum.Pictures(c.UserContext(), view.Topic.ID, []store.ID{view.ID})
	view.Has = len(has) > 0
	return view, err
}

// AddPicture takes the picture. What is wrong with it is said on the same form; a browser
// does not give a file back, so that she has to choose it again.
func (a *Area) AddPicture(c *fiber.Ctx) error {
	view, err := a.picturePage(c)
	if err != nil {
		return err
	}
	view.Shows = words(c, "shows")
	file, err := sent(c)
	if err == nil {
		err = a.forum.AddPicture(c.UserContext(), request.Actor(c), view.ID, file, view.Shows)
	}
	if err != nil {
		status, back, rest := mend(view.Page, err)
		if rest != nil {
			return rest
		}
		view.cameBack = back
		return a.kit.Send(c, status, pictureView(view))
	}
	return a.kit.Go(c, hrefAt(view.Topic, view.Post.No), ui.Info, "picture.waits")
}

// sent reads the file of a form; none at all is an empty one. The name that her phone gave
// it is never read.
func sent(c *fiber.Ctx) ([]byte, error) {
	header, err := c.FormFile("picture")
	if err != nil {
		return nil, nil
	}
	file, err := header.Open()
	if err != nil {
		return nil, fault.Wrap(err, "open what was sent")
	}
	defer file.Close()
	bytes, err := io.ReadAll(io.LimitReader(file, picture.LargestFile+1))
	return bytes, fault.Wrap(err, "read what was sent")
}

// RemovePicture takes it off again.
func (a *Area) RemovePicture(c *fiber.Ctx) error {
	view, err := a.picturePage(c)
	if err != nil {
		return err
	}
	if err := a.forum.RemovePicture(c.UserContext(), request.Actor(c), view.ID); err != nil {
		return err
	}
	return a.kit.Go(c, hrefAt(view.Topic, view.Post.No), ui.Done, "picture.gone")
}

// addPictures finds the pictures of one page, on hosts that allow any.
func (a *Area) addPictures(c *fiber.Ctx, view *topicPage) error {
	if !a.kit.Config.Images {
		return nil
	}
	ids := make([]store.ID, len(view.Posts))
	for i, p := range view.Posts {
		ids[i] = p.ID
	}
	found, err := a.forum.Pictures(c.UserContext(), view.Conv.Topic.ID, ids)
	for i, p := range view.Posts {
		view.Posts[i].MayShow = p.Mine && p.Open
		if row, has := found[p.ID]; has {
			view.Posts[i].Picture = &row
		}
	}
	return err
}

// Picture sends the picture itself to whoever may see its post.
func (a *Area) Picture(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if !a.kit.Config.Images {
		return nowhere()
	}
	row, err := a.forum.Picture(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, row.Type)
	return c.Send(row.Bytes)
}
