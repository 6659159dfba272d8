package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"portico/app/backup"
	"portico/app/config"
	"portico/app/store"
	"portico/app/vault"
)

// Keys is what is known of the server's secrets and of who can read them.
type Keys struct {
	// Path is where the secrets belong.
	Path    string
	Missing bool
	// Damaged says that the file does not read as secrets.
	Damaged bool
	Mode    fs.FileMode
	// Claimed says that the database belongs to some secrets, Foreign that it is not these.
	Claimed, Foreign bool
	// Asked says that the database could be asked.
	Asked bool
	// Folder is the data folder, FolderMode who may look into it.
	Folder     string
	FolderMode fs.FileMode
	// OtherOwner says that the files belong to another user than the one who runs this.
	OtherOwner bool
	// BackupKeys are files on this machine with the secret half of a backup key.
	BackupKeys []string
}

// lookAtKeys gathers the facts. The database is nil when it cannot be opened.
func lookAtKeys(ctx context.Context, cfg config.Config, db *store.Store) Keys {
	k := Keys{Path: cfg.SecretsFile(), Folder: cfg.Data, BackupKeys: backup.KeysIn(cfg.Data, cfg.BackupFolder())}
	if info, err := os.Stat(cfg.Data); err == nil {
		k.FolderMode = info.Mode().Perm()
	}
	if info, err := os.Stat(k.Path); err == nil {
		k.Mode, k.OtherOwner = info.Mode().Perm(), otherOwner(info)
	}
	secrets, err := vault.ReadServer(k.Path)
	k.Missing = errors.Is(err, vault.ErrNoSecrets)
	k.Damaged = err != nil && !k.Missing
	if db == nil {
		return k
	}
	claimed, err := db.Claimed(ctx)
	if k.Asked = err == nil; !claimed {
		return k
	}
	k.Claimed = true
	if secrets != nil {
		// A database that is claimed already is only compared.
		_, err := db.Claim(ctx, secrets)
		k.Foreign = errors.Is(err, store.ErrOtherSecrets)
	}
	return k
}

// Findings judges the keys.
func (k Keys) Findings() []Finding {
	f := &findings{check: "keys"}
	switch {
	case k.Missing && k.Claimed:
		f.mend(fmt.Sprintf("%s is missing, and without it nobody can ever sign in again.", k.Path),
			"Put back the file that belongs to this database from where it was kept, or restore a backup, which holds it; never start with a new one.")
	case k.Missing && k.Asked:
		f.look("There is no secrets file yet, and the database is empty.", "Start the server once: it makes the file, and then copy it to where you keep keys.")
	case k.Missing:
		f.mend(fmt.Sprintf("%s is missing.", k.Path), "Look at PORTICO_DATA; if the folder is right, put back the file from where it was kept.")
	case k.Damaged:
		f.mend(fmt.Sprintf("%s cannot be read as a secrets file.", k.Path), "Look who may read it; if it is damaged, put back the copy that was kept.")
	case k.Foreign:
		f.mend("The secrets file belongs to another database.", "Put back the file that this database was made with; do not start the server before.")
	}
	if !k.Missing && k.Mode&0o077 != 0 {
		f.mend(fmt.Sprintf("Others on this machine may open %s (mode %04o).", k.Path, k.Mode), "Run: chmod 600 "+k.Path)
	}
	if k.FolderMode&0o077 != 0 {
		f.mend(fmt.Sprintf("Others on this machine may look into %s (mode %04o).", k.Folder, k.FolderMode), "Run: chmod 700 "+k.Folder)
	}
	if k.OtherOwner {
		f.look("The files belong to another user than the one who runs this command.", "Run the portal's commands as its own user (sudo -u portico …), or files may be left behind that the server cannot open.")
	}
	if len(k.BackupKeys) > 0 {
		f.mend(fmt.Sprintf("The secret half of a backup key lies here: %s.", strings.Join(k.BackupKeys, ", ")),
			"Take it away from this machine: whoever takes the disk opens the backups with it.")
	}
	return f.or("The secrets file belongs to this database and only its owner can open it.")
}
