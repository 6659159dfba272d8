package ui

import (
	"sort"

	"github.com/a-h/templ"
)

// pictures are drawn for this project on a grid of 96 by 64, with the line of the icons and one
// quiet surface. They stand beside the words of a main choice, for whoever reads little, and
// show things and no people: nobody shall have to look like one of them.
var pictures = map[string]string{
	// Two cups on a table: sitting together.
	"talk": `<path class="ground" d="M10 50h76v4H10z"/><path d="M10 50h76M22 50V36h18v14M40 39h5a4 4 0 0 1 0 8h-5M56 50V36h18v14M56 39h-5M26 30c0-4 4-4 4-8M32 30c0-4 4-4 4-8M60 30c0-4 4-4 4-8M66 30c0-4 4-4 4-8"/>`,
	// A key on its card.
	"key": `<path class="ground" d="M16 14h64v38H16z"/><path d="M16 14h64v38H16zM34 40a8 8 0 1 1 6-13l26 0 5 5-5 5h-4l-3-3-3 3-3-3-7 0a8 8 0 0 1-12 6zM33 32v.5"/>`,
	// A telephone and its waves.
	"phone": `<path class="ground" d="M34 8h28v48H34z"/><path d="M34 8h28v48H34zM44 50h8M34 44h28M72 22a14 14 0 0 1 0 20M79 16a23 23 0 0 1 0 32M24 22a14 14 0 0 0 0 20M17 16a23 23 0 0 0 0 32"/>`,
	// A sheet and a pen.
	"write": `<path class="ground" d="M24 8h36v48H24z"/><path d="M24 8h36v48H24zM32 20h20M32 29h20M32 38h10M50 46l3-10 22-22 7 7-22 22zM70 19l7 7"/>`,
	// An open door and daylight.
	"door": `<path class="ground" d="M34 8h24v48H34z"/><path d="M34 56V8h24v48M58 8l14 6v48l-14-6M64 35v4M8 56h26M20 22v-8M12 27l-5-5M20 38a8 8 0 0 1 0-12"/>`,
}

// PictureNames lists the pictures for the style page.
func PictureNames() []string {
	names := make([]string, 0, len(pictures))
	for name := range pictures {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Picture draws one picture beside the words of a choice. It is decoration for a screen reader:
// the words say it all. A name that is not drawn draws nothing.
func Picture(name string) templ.Component {
	drawn, ok := pictures[name]
	if !ok {
		return templ.NopComponent
	}
	return templ.Raw(`<svg class="picture" viewBox="0 0 96 64" width="96" height="64" aria-hidden="true">` + drawn + `</svg>`)
}
