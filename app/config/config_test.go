package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/app/config"
)

// read reads the settings from exactly these variables.
func read(t *testing.T, settings map[string]string) (config.Config, error) {
	t.Helper()
	for _, line := range os.Environ() {
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "PORTICO_") {
			t.Setenv(name, "") // so that the test puts it back afterwards
			os.Unsetenv(name)
		}
	}
	for name, value := range settings {
		t.Setenv(name, value)
	}
	return config.Read()
}

func TestWithoutAnySettingADemonstrationRunsOnThisMachine(t *testing.T) {
	c, err := read(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Production() || c.OpenJoin || c.Lang != "en" || c.HTTPS() || !c.SecureOrigin() {
		t.Errorf("got %+v", c)
	}
	if c.SQLite() != filepath.Join("data", "portico.db") || c.Location().String() != "Europe/Rome" {
		t.Errorf("the database is %s, the zone %s", c.SQLite(), c.Location())
	}
}

func TestSettingsThatEndangerPeopleAreRefused(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings map[string]string
		want     string // "" when they are accepted, else what the refusal names
	}{
		{"a zone that is not there", map[string]string{"PORTICO_ZONE": "Europe/Atlantis"}, "PORTICO_ZONE"},
		{"another zone", map[string]string{"PORTICO_ZONE": "America/Bogota"}, ""},
		{"another kind of database", map[string]string{"PORTICO_DATABASE": "mysql://root@db/x"}, "PORTICO_DATABASE"},
		{"a file as database", map[string]string{"PORTICO_DATABASE": "/var/lib/portico.db"}, "PORTICO_DATABASE"},
		{"a postgres address", map[string]string{"PORTICO_DATABASE": "postgres://u@db/x"}, ""},
		{"a postgresql address", map[string]string{"PORTICO_DATABASE": "postgresql://u@db/x"}, ""},
		{"a postgres address in words", map[string]string{"PORTICO_DATABASE": "host=/run/postgresql dbname=x"}, ""},
		{"a database elsewhere without TLS", map[string]string{"PORTICO_ENV": "production", "PORTICO_DATABASE": "postgres://u@db.example/x?sslmode=prefer"}, "PORTICO_DATABASE"},
		{"a database elsewhere by habit", map[string]string{"PORTICO_ENV": "production", "PORTICO_DATABASE": "postgres://u@db.example/x"}, "PORTICO_DATABASE"},
		{"a database elsewhere behind TLS", map[string]string{"PORTICO_ENV": "production", "PORTICO_DATABASE": "postgres://u@db.example/x?sslmode=verify-full"}, ""},
		{"a database on this machine", map[string]string{"PORTICO_ENV": "production", "PORTICO_DATABASE": "postgres://u@127.0.0.1/x"}, ""},
		{"a replica without TLS", map[string]string{"PORTICO_ENV": "production", "PORTICO_DATABASE": "host=/run/postgresql dbname=x", "PORTICO_REPLICAS": "postgres://u@db.example/x?sslmode=disable"}, "PORTICO_REPLICAS"},
		{"replicas of the embedded database", map[string]string{"PORTICO_REPLICAS": "postgres://u@db/x"}, "PORTICO_REPLICAS"},
		{"an origin without scheme", map[string]string{"PORTICO_ORIGIN": "portico.example"}, "PORTICO_ORIGIN"},
		{"an origin of another scheme", map[string]string{"PORTICO_ORIGIN": "ftp://portico.example"}, "PORTICO_ORIGIN"},
		{"an origin without host", map[string]string{"PORTICO_ORIGIN": "https://"}, "PORTICO_ORIGIN"},
		{"an origin that is no address", map[string]string{"PORTICO_ORIGIN": "https://a b\x7f"}, "PORTICO_ORIGIN"},
		{"an exit that is a script", map[string]string{"PORTICO_EXIT": "javascript:alert(1)"}, "PORTICO_EXIT"},
		{"an exit without host", map[string]string{"PORTICO_EXIT": "/weather"}, "PORTICO_EXIT"},
		{"an exit on the web", map[string]string{"PORTICO_EXIT": "https://weather.example/today"}, ""},
		{"a plain cookie in the demonstration", map[string]string{"PORTICO_PLAIN_COOKIE": "true"}, ""},
		{"a plain cookie in production", map[string]string{"PORTICO_PLAIN_COOKIE": "true", "PORTICO_ENV": "production"}, "PORTICO_PLAIN_COOKIE"},
		{"production on this machine", map[string]string{"PORTICO_ENV": "production"}, ""},
		{"a switch that is neither yes nor no", map[string]string{"PORTICO_OPEN_JOIN": "perhaps"}, "OpenJoin"},
		{"no address to listen on", map[string]string{"PORTICO_LISTEN": "8080"}, "PORTICO_LISTEN"},
		{"every address in the clear", map[string]string{"PORTICO_LISTEN": ":8080"}, "PORTICO_LISTEN"},
		{"all addresses in the clear", map[string]string{"PORTICO_LISTEN": "0.0.0.0:8080"}, "PORTICO_LISTEN"},
		{"all IPv6 addresses in the clear", map[string]string{"PORTICO_LISTEN": "[::]:8080"}, "PORTICO_LISTEN"},
		{"an address of the house in the clear", map[string]string{"PORTICO_LISTEN": "192.168.1.4:8080"}, "PORTICO_LISTEN"},
		{"a host name in the clear", map[string]string{"PORTICO_LISTEN": "portico.local:8080"}, "PORTICO_LISTEN"},
		{"outside with an http origin", map[string]string{"PORTICO_LISTEN": ":8080", "PORTICO_ORIGIN": "http://portico.example"}, "PORTICO_LISTEN"},
		{"a host that only begins like an onion", map[string]string{"PORTICO_LISTEN": ":8080", "PORTICO_ORIGIN": "http://x.onion.example"}, "PORTICO_LISTEN"},
		{"outside with an https origin", map[string]string{"PORTICO_LISTEN": ":8080", "PORTICO_ORIGIN": "https://portico.example"}, ""},
		{"outside with an onion origin", map[string]string{"PORTICO_LISTEN": ":8080", "PORTICO_ORIGIN": "http://portico.onion"}, ""},
		{"outside behind a proxy", map[string]string{"PORTICO_LISTEN": ":8080", "PORTICO_TRUSTED_PROXY": "10.0.0.1"}, ""},
		{"this machine by its IPv6 address", map[string]string{"PORTICO_LISTEN": "[::1]:8080"}, ""},
		{"this machine by name", map[string]string{"PORTICO_LISTEN": "localhost:0"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read(t, c.settings)
			if (err == nil) != (c.want == "") || (err != nil && !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v; want a refusal that names %q", err, c.want)
			}
		})
	}
}

func TestARefusalNeverQuotesThePasswordOfTheDatabase(t *testing.T) {
	_, err := read(t, map[string]string{"PORTICO_DATABASE": "mysql://root:hunter2@db/x"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestWhatFollowsFromTheSettings(t *testing.T) {
	c, err := read(t, map[string]string{
		"PORTICO_DATABASE": "postgres://u@127.0.0.1/x", "PORTICO_ORIGIN": "https://portico.example/", "PORTICO_ENV": "production", "PORTICO_ZONE": "UTC",
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.SQLite() != "" || !c.Production() || !c.HTTPS() || c.Location().String() != "UTC" {
		t.Errorf("got %+v", c)
	}
	if c.Origin != "https://portico.example" {
		t.Errorf("the origin is %q; want it without the last slash, as browsers send it", c.Origin)
	}
	c, err = read(t, map[string]string{"PORTICO_DATA": "/srv/portico", "PORTICO_PLAIN_COOKIE": "true"})
	if err != nil || c.SQLite() != "/srv/portico/portico.db" || c.SecureOrigin() {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestTheModelIsRefusedWhereItWouldBeHeard(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings map[string]string
		want     string
	}{
		{"off", map[string]string{"PORTICO_MODEL_KEY": "k"}, ""},
		{"https", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1"}, ""},
		{"this machine", map[string]string{"PORTICO_MODEL_URL": "http://127.0.0.1:9/v1"}, ""},
		{"this machine by its IPv6 address", map[string]string{"PORTICO_MODEL_URL": "http://[::1]:9/v1"}, ""},
		{"this machine by name", map[string]string{"PORTICO_MODEL_URL": "http://localhost:9/v1"}, ""},
		{"in the clear", map[string]string{"PORTICO_MODEL_URL": "http://model.example/v1"}, "PORTICO_MODEL_URL"},
		{"a host that only begins like this machine", map[string]string{"PORTICO_MODEL_URL": "http://localhost.example/v1"}, "PORTICO_MODEL_URL"},
		{"another scheme", map[string]string{"PORTICO_MODEL_URL": "ftp://127.0.0.1/v1"}, "PORTICO_MODEL_URL"},
		{"a password in the address", map[string]string{"PORTICO_MODEL_URL": "https://me:hunter2@model.example/v1"}, "PORTICO_MODEL_URL"},
		{"no model", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_NAME": " "}, "PORTICO_MODEL_NAME"},
		{"a budget below nothing", map[string]string{"PORTICO_MODEL_BUDGET": "-1"}, "PORTICO_MODEL_BUDGET"},
		{"a budget that is no amount", map[string]string{"PORTICO_MODEL_BUDGET": "much"}, "ModelBudget"},
		{"an answer that may take a second", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_TIMEOUT": "1s"}, ""},
		{"an answer that may take no time", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_TIMEOUT": "0"}, "PORTICO_MODEL_TIMEOUT"},
		{"an answer that may take an hour", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_TIMEOUT": "1h"}, "PORTICO_MODEL_TIMEOUT"},
		{"a second model in the clear", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_BACK_URL": "http://other.example/v1", "PORTICO_MODEL_BACK_NAME": "b"}, "PORTICO_MODEL_BACK_URL"},
		{"a second model without a name", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_BACK_URL": "https://other.example/v1"}, "PORTICO_MODEL_BACK_NAME"},
		{"a second model without a first", map[string]string{"PORTICO_MODEL_BACK_URL": "https://other.example/v1", "PORTICO_MODEL_BACK_NAME": "b"}, "PORTICO_MODEL_BACK_URL"},
		{"a second model", map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_BACK_URL": "https://other.example/v1", "PORTICO_MODEL_BACK_NAME": "b"}, ""},
		{"a price below nothing", map[string]string{"PORTICO_MODEL_PRICE_OUT": "-0.1"}, "PORTICO_MODEL_PRICE_OUT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.settings["PORTICO_MODEL_NAME"] == "" {
				c.settings["PORTICO_MODEL_NAME"] = "small"
			}
			_, err := read(t, c.settings)
			if (err == nil) != (c.want == "") || (err != nil && (!strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2"))) {
				t.Errorf("got %v; want a refusal that names %q", err, c.want)
			}
		})
	}
}

func TestTheKeyOfTheModelIsNeverPrinted(t *testing.T) {
	c, err := read(t, map[string]string{"PORTICO_MODEL_URL": "https://model.example/v1", "PORTICO_MODEL_KEY": "sk-hunter2", "PORTICO_MODEL_NAME": "small",
		"PORTICO_MODEL_LANGUAGES": "it,fr", "PORTICO_MODEL_BUDGET": "12.50", "PORTICO_MODEL_PRICE_IN": "0.15"})
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(c)
	for _, printed := range []string{fmt.Sprintf("%v %+v %#v %s", c, c, c, c.ModelKey), string(raw)} {
		if strings.Contains(printed, "hunter2") {
			t.Errorf("printed: %s", printed)
		}
	}
	if string(c.ModelKey) != "sk-hunter2" || len(c.ModelLanguages) != 2 || c.ModelBudget.String() != "12.5" || c.ModelTimeout != time.Minute || !c.ModelOn() {
		t.Errorf("got %+v", c)
	}
}

func TestWhereBackupsGoAndWhoOpensThem(t *testing.T) {
	c := config.Config{Data: "d", BackupRecipients: " age1a,age1b\nage1c "}
	if got := c.Recipients(); len(got) != 3 || got[0] != "age1a" || got[2] != "age1c" {
		t.Errorf("the keys are %q", got)
	}
	if len(config.Config{}.Recipients()) != 0 {
		t.Error("nothing set gives a key")
	}
	if c.BackupFolder() != filepath.Join("d", "backups") || (config.Config{Data: "d", Backups: "e"}).BackupFolder() != "e" {
		t.Error("the folder for backups is another one")
	}
}
