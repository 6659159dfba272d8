package translate

import (
	"errors"

	"portico/app/exchange"
	"portico/app/fault"
)

// fileFaults are the messages for what can be wrong with a file. Those with a line say it.
var fileFaults = map[exchange.Kind]string{
	exchange.Encoding:  "translate.exchange.fault.encoding",
	exchange.Broken:    "translate.exchange.fault.broken",
	exchange.Truncated: "translate.exchange.fault.truncated",
	exchange.Entities:  "translate.exchange.fault.entities",
	exchange.Deep:      "translate.exchange.fault.deep",
	exchange.Long:      "translate.exchange.fault.long",
	exchange.Many:      "translate.exchange.fault.many",
	exchange.Foreign:   "translate.exchange.fault.foreign",
	exchange.Twice:     "translate.exchange.fault.twice",
	exchange.Sign:      "translate.exchange.fault.sign",
	exchange.Inline:    "translate.exchange.fault.inline",
	exchange.Plural:    "translate.exchange.fault.plural",
	exchange.Column:    "translate.exchange.fault.column",
	exchange.Nothing:   "translate.exchange.fault.nothing",
}

// fileFault says in the words of the portal what is wrong with a file. The cause keeps the
// English words for the command line.
func fileFault(err error) error {
	var f *exchange.Fault
	if !errors.As(err, &f) {
		return fault.Wrap(err, "read a file of a translator")
	}
	return fault.Mend(fault.Field{Name: "file", Key: fileFaults[f.Kind], Args: []any{"Line", f.Line, "What", short(f.What)}}).Because(f)
}

// short keeps what a file says about itself from filling a page.
func short(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
