package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"portico/app/store"
)

// Machine says where the figures come from, and nothing that names the machine.
type Machine struct {
	Cores    int    `json:"cores"`
	System   string `json:"system"`
	Go       string `json:"go"`
	Database string `json:"database"`
	Durable  bool   `json:"durable"` // whether a commit waits for the disk
	Posts    int    `json:"posts"`
	Topics   int    `json:"topics"`
	Day      string `json:"day"`
}

// String is the line above the table.
func (m Machine) String() string {
	durable := "every commit waits for the disk"
	if !m.Durable {
		durable = "commits do NOT wait for the disk, so that nothing here says how fast durable writing is"
	}
	return fmt.Sprintf("%s: %d cores that the load shares, %s, %s, %s (%s), %d posts in %d talks",
		m.Day, m.Cores, m.System, m.Go, m.Database, durable, m.Posts, m.Topics)
}

// describe asks the database what it is and how safely it writes.
func describe(ctx context.Context, s *store.Store, now time.Time) (Machine, error) {
	m := Machine{Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Day: now.Format(time.DateOnly), Durable: true}
	if !s.Postgres() {
		var version string
		err := s.DB.WithContext(ctx).Raw("SELECT sqlite_version()").Scan(&version).Error
		m.Database = "SQLite " + version
		return m, err
	}
	var asked struct{ Version, Fsync, Waits string }
	err := s.DB.WithContext(ctx).Raw("SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS waits").Scan(&asked).Error
	m.Database = "PostgreSQL " + asked.Version
	m.Durable = asked.Fsync == "on" && asked.Waits != "off"
	return m, err
}
