package doctor

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"portico/app/config"
	"portico/app/store"
)

// Address is what the portal's own public address answers.
type Address struct {
	Origin     string
	Production bool
	Now        time.Time
	// Asked says that a request was made; Failure why none was answered.
	Asked   bool
	Failure error
	// Ends is when the certificate ends.
	Ends time.Time
	// Healthy says that the answer is the portal's own and good.
	Healthy bool
	Status  int
	// Strict says that browsers are told to come by https only.
	Strict bool
	// Date is the time in the answer, HeardAt ours at that moment.
	Date, HeardAt time.Time
}

// leastValid is how long a certificate must be good for. Programs that renew do so thirty days
// before the end: with less than fourteen days left, renewing has failed several times.
const leastValid = 14 * 24 * time.Hour

// NewClient makes the client for one request to the public address. It believes the given
// clock, follows no redirect and uses no proxy.
func NewClient(clock store.Clock) *http.Client {
	return &http.Client{
		Timeout:       10 * time.Second,
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{Time: clock.Now}, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// lookAtAddress asks the public address, unless it is an onion, which is not reached from here,
// or client is nil.
func lookAtAddress(ctx context.Context, cfg config.Config, client *http.Client, clock store.Clock) Address {
	a := Address{Origin: cfg.Origin, Production: cfg.Production(), Now: clock.Time()}
	if client == nil || !cfg.HTTPS() || a.onion() {
		return a
	}
	a.Asked = true
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, cfg.Origin+"/healthz", nil)
	if err != nil {
		a.Failure = err
		return a
	}
	answer, err := client.Do(request)
	if err != nil {
		a.Failure = err
		return a
	}
	defer answer.Body.Close()
	a.HeardAt = clock.Time()
	a.Date, _ = http.ParseTime(answer.Header.Get("Date"))
	a.Status, a.Strict = answer.StatusCode, answer.Header.Get("Strict-Transport-Security") != ""
	body, err := io.ReadAll(io.LimitReader(answer.Body, 64))
	a.Healthy = err == nil && answer.StatusCode == http.StatusOK && string(body) == "ok"
	if answer.TLS != nil && len(answer.TLS.PeerCertificates) > 0 {
		a.Ends = answer.TLS.PeerCertificates[0].NotAfter
	}
	return a
}

func (a Address) onion() bool { return strings.HasSuffix(a.Origin, ".onion") }

// Findings judges the address.
func (a Address) Findings() []Finding {
	f := &findings{check: "address"}
	switch {
	case a.Origin == "" && a.Production:
		f.look("No public address is set.", "Set PORTICO_ORIGIN to the https or onion address, or nobody beyond this machine can come in.")
	case a.Origin == "":
		return f.or("No public address is set: this serves this machine only.")
	case a.onion():
		return f.or("People come by an onion address, which needs no certificate; look at it with Tor Browser.")
	case !strings.HasPrefix(a.Origin, "https://"):
		f.mend("The public address is not https: keys and words travel in the clear.", "Put the proxy of hosting.md in front and set PORTICO_ORIGIN to the https address.")
	case !a.Asked:
		return f.or("The public address was not asked.")
	case a.Failure != nil:
		a.failed(f)
	default:
		a.answered(f)
	}
	if a.Origin != "" && !a.Production {
		f.mend("This is a demonstration with a public address: everybody's way in is printed.", "Set PORTICO_ENV=production, with a fresh PORTICO_DATA and database.")
	}
	return f.or("The public address answers, and its certificate is good until %s.", a.Ends.Format(time.DateOnly))
}

func (a Address) failed(f *findings) {
	var bad *tls.CertificateVerificationError
	if errors.As(a.Failure, &bad) {
		f.mend(fmt.Sprintf("The certificate of the public address is refused: %v.", bad.Err), "Look into the proxy's log why it did not get a new one; ports 80 and 443 must be open.")
		return
	}
	f.mend(fmt.Sprintf("The public address does not answer: %v.", a.Failure), "See whether the proxy runs (systemctl status caddy) and whether the name leads to this machine.")
}

func (a Address) answered(f *findings) {
	if left := a.Ends.Sub(a.Now); left < leastValid {
		f.mend(fmt.Sprintf("The certificate ends on %s, in %d days.", a.Ends.Format(time.DateOnly), int(left.Hours()/24)),
			"Look into the proxy's log why it did not get a new one; ports 80 and 443 must be open.")
	}
	switch {
	case a.Status == http.StatusServiceUnavailable || a.Status == http.StatusBadGateway:
		f.mend(fmt.Sprintf("The proxy answers, but the portal behind it does not (%d).", a.Status), "See whether the portal runs (systemctl status portico) and its database with it.")
	case !a.Healthy:
		f.mend(fmt.Sprintf("Something answers at the public address (%d), but not this portal.", a.Status), "Look at PORTICO_ORIGIN and at what the proxy leads to.")
	case !a.Strict:
		f.look("The answer does not tell browsers to come by https only.", "Let the proxy pass on the portal's headers as they are.")
	}
}
