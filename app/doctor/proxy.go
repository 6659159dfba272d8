package doctor

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"portico/app/config"
)

// Proxy is how requests reach the portal, as the settings say.
type Proxy struct {
	Listen, Origin, Trusted string
}

func lookAtProxy(cfg config.Config) Proxy {
	return Proxy{Listen: cfg.Listen, Origin: cfg.Origin, Trusted: cfg.TrustedProxy}
}

// widest is the widest range that may be believed without a question: 256 addresses.
const widest = 8

// Findings judges the way in. The portal speaks plain HTTP and lets a proxy speak https.
func (p Proxy) Findings() []Finding {
	f := &findings{check: "proxy"}
	https := strings.HasPrefix(p.Origin, "https://")
	here := p.loopback()
	switch {
	case p.Trusted == "" && !here:
		f.mend(fmt.Sprintf("The portal listens at %s for the whole network, in the clear and without a proxy.", p.Listen),
			"Set PORTICO_LISTEN=127.0.0.1:8080 and let the proxy of hosting.md speak https.")
	case p.Trusted == "" && https:
		f.mend("A proxy speaks https, but no proxy is trusted: all visitors count as one, and one of them can use up the tries of everybody.",
			"Set PORTICO_TRUSTED_PROXY to the proxy's address, 127.0.0.1 when it runs on this machine.")
	case p.Trusted != "" && !here:
		f.look(fmt.Sprintf("The portal listens at %s beyond this machine, and what travels between the proxy and it is in the clear.", p.Listen),
			"Let the firewall admit the proxy alone, over a network that only you use.")
	}
	p.breadth(f)
	if p.Trusted == "" && here {
		return f.or("The portal listens on this machine only, and trusts no proxy.")
	}
	return f.or("The portal listens behind the proxy at %s, and believes nobody else about addresses.", p.Trusted)
}

// breadth judges how many addresses are believed.
func (p Proxy) breadth(f *findings) {
	if p.Trusted == "" {
		return
	}
	trusted, err := netip.ParsePrefix(p.Trusted)
	if err != nil {
		address, err := netip.ParseAddr(p.Trusted)
		if err != nil {
			return // the settings refuse it
		}
		trusted = netip.PrefixFrom(address, address.BitLen())
	}
	do := "Set PORTICO_TRUSTED_PROXY to the proxy's own address."
	switch free := trusted.Addr().BitLen() - trusted.Bits(); {
	case !trusted.Addr().IsPrivate() && !trusted.Addr().IsLoopback() && !trusted.Addr().IsLinkLocalUnicast() && free > 0:
		f.mend(fmt.Sprintf("Everybody in the public range %s can say that she comes from anywhere, and so try keys without end.", p.Trusted), do)
	case free > widest && !trusted.Addr().IsLoopback():
		f.look(fmt.Sprintf("A wide range is trusted as proxy: %s.", p.Trusted), do)
	}
}

func (p Proxy) loopback() bool {
	host, _, err := net.SplitHostPort(p.Listen)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}
