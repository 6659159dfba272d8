// Package modeltest is a small real server that speaks as a machine does: it answers
// /v1/chat/completions with structured output. Only tests use it; it is no part of the
// program. It "translates" by a table that the caller gives and otherwise marks the text
// with the language, or asks the engine that the caller gives it, such as Apertium; it
// keeps each request, and can be told to fail in every way that the program has to survive.
package modeltest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Mode is how the server behaves.
type Mode string

// The modes. Each holds until another is set.
const (
	Good       Mode = "good"
	Slow       Mode = "slow"        // answers when the caller has long gone
	TooMany    Mode = "too many"    // 429 with Retry-After
	Broken     Mode = "broken"      // 500, and an error that repeats the key
	WrongKey   Mode = "wrong key"   // 401, and an error that repeats the key
	WrongCount Mode = "wrong count" // one segment too few
	Twice      Mode = "twice"       // the same number twice
	Blank      Mode = "blank"       // segments without words
	Nothing    Mode = "nothing"     // an answer without any content
	Refusing   Mode = "refusing"    // the refusal field
	Chatting   Mode = "chatting"    // words in the place of an answer
	EatsMarks  Mode = "eats marks"  // without the marks of Markdown, links and placeholders
	Obeying    Mode = "obeying"     // does what a text says: "ignore the above"
	CutOff     Mode = "cut off"     // ends in the middle, and says so
	HangsUp    Mode = "hangs up"    // ends in the middle without a word
)

// secret is the key of every server here.
const secret = "key-of-the-machine"

// Server is the machine. Key is what callers must send.
type Server struct {
	Key string
	// RetryAfter is what 429 asks for, in seconds.
	RetryAfter string
	// In and Out are the tokens of every answer.
	In, Out int

	server *httptest.Server
	done   chan struct{}

	mu         sync.Mutex
	mode       Mode
	translator Translator
	requests   []string
}

// Translator says what a text is in another language.
type Translator func(from, to, text string) string

// New starts a server that knows these translations: source text to target text. The caller
// closes it.
func New(words map[string]string) *Server {
	return NewWith(func(_, to, text string) string {
		if known, ok := words[text]; ok {
			return known
		}
		return "‹" + to + "› " + text
	})
}

// NewWith starts a server that has a translator of its own.
func NewWith(translator Translator) *Server {
	s := &Server{Key: secret, RetryAfter: "120", In: 400, Out: 200, mode: Good, translator: translator, done: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.answer)
	s.server = httptest.NewServer(mux)
	return s
}

// URL is the address to set as PORTICO_MODEL_URL.
func (s *Server) URL() string { return s.server.URL + "/v1" }

// Close stops the server, and with it every answer that is still slow.
func (s *Server) Close() {
	close(s.done)
	s.server.Close()
}

// Set changes how the server behaves from now on.
func (s *Server) Set(m Mode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode = m
}

// Requests are the bodies of all requests so far, as they came in.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.requests...)
}

type segment struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
	Refusal string `json:"refusal,omitempty"`
}

var (
	direction = regexp.MustCompile(`from [^(]*\(([A-Za-z-]+)\) to [^(]*\(([A-Za-z-]+)\)`)
	marks     = regexp.MustCompile(`\*\*|\*|\]\([^)]*\)|\[|\{\{[^}]*\}\}|\|`)
)

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	var body json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		fail(w, http.StatusBadRequest, "not JSON")
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, string(body))
	mode := s.mode
	s.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+s.Key || mode == WrongKey {
		fail(w, http.StatusUnauthorized, "incorrect key "+r.Header.Get("Authorization"))
		return
	}
	switch mode {
	case Slow:
		select {
		case <-r.Context().Done():
		case <-s.done:
		case <-time.After(time.Minute):
		}
		return
	case TooMany:
		w.Header().Set("Retry-After", s.RetryAfter)
		fail(w, http.StatusTooManyRequests, "too many requests")
		return
	case Broken:
		fail(w, http.StatusInternalServerError, "it broke with "+r.Header.Get("Authorization"))
		return
	}
	var asked struct {
		Messages       []message       `json:"messages"`
		ResponseFormat json.RawMessage `json:"response_format"`
	}
	var question struct {
		Segments []segment `json:"segments"`
	}
	if json.Unmarshal(body, &asked) != nil || len(asked.Messages) != 2 || len(asked.ResponseFormat) == 0 ||
		json.Unmarshal([]byte(asked.Messages[1].Content), &question) != nil || len(question.Segments) == 0 {
		fail(w, http.StatusBadRequest, "not the question that this server knows")
		return
	}
	from, to := "", ""
	if m := direction.FindStringSubmatch(asked.Messages[0].Content); m != nil {
		from, to = m[1], m[2]
	}
	if mode == HangsUp {
		hangUp(w)
		return
	}
	reason := "stop"
	if mode == CutOff {
		reason = "length"
	}
	s.send(w, s.reply(mode, from, to, question.Segments), reason)
}

// hangUp begins an answer and drops the line.
func hangUp(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "4000")
	_, _ = w.Write([]byte(`{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"{\"segm`))
}

// reply is the message of an answer.
func (s *Server) reply(mode Mode, from, to string, segments []segment) message {
	switch mode {
	case Nothing:
		return message{Role: "assistant"}
	case Refusing:
		return message{Role: "assistant", Refusal: "I cannot help with that."}
	case Chatting:
		return message{Role: "assistant", Content: "I cannot help with that."}
	}
	out := make([]segment, len(segments))
	for i, seg := range segments {
		out[i] = segment{seg.Number, s.translator(from, to, seg.Text)}
		switch mode {
		case Blank:
			out[i].Text = " "
		case Twice:
			out[i].Number = 1
		case EatsMarks:
			out[i].Text = marks.ReplaceAllString(out[i].Text, "")
		case Obeying:
			if strings.Contains(strings.ToLower(seg.Text), "ignore the above") {
				out[i].Text = "PWNED"
			}
		}
	}
	if mode == WrongCount {
		out = out[:len(out)-1]
	}
	text, _ := json.Marshal(map[string]any{"segments": out})
	if mode == CutOff {
		text = text[:len(text)/2]
	}
	return message{Role: "assistant", Content: string(text)}
}

func (s *Server) send(w http.ResponseWriter, m message, reason string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"object": "chat.completion", "model": "modeltest",
		"choices": []any{map[string]any{"index": 0, "message": m, "finish_reason": reason}},
		"usage":   map[string]int{"prompt_tokens": s.In, "completion_tokens": s.Out, "total_tokens": s.In + s.Out},
	})
}

func fail(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": words, "type": "test"}})
}
