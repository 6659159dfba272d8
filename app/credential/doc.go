// Package credential writes a statement of learning as an Open Badge 3.0: a Verifiable
// Credential 2.0 that programs elsewhere can check without asking anybody here. It is
// signed as a native VC-JWT: the payload of the compact JWS is the credential itself, with
// the claims iss, jti, sub, nbf and exp beside its members.
//
// Words: an *award* is what is said; a *badge* is that as a credential; a *token* is the
// signed badge; a *generation* is one of the keys that follow one another.
//
// Invariants. A badge says nothing of a person but the name that the holder typed for that
// one file. The id of its subject is random and belongs to one statement alone, so that
// two files of one person have no value in common. Specification 8.2 wants a subject id
// for the claim sub, and 'identifier' alone would therefore not do. A typed name stands in
// clear, because the holder wants it read; a hash of a name is guessed in a moment.
// Every term that is used is defined by the contexts that the badge names, and whatever
// would be dropped when it is expanded is an error of ours.
//
// Keys. They are derived from the server's secrets (vault.SigningKey) and stored nowhere,
// so a backup of the secrets is a backup of them. To change the key, raise newest: what is
// made from then on is signed with the new one, and the keys from oldest on stay in the
// published set, so that files made before still check. To stop believing an old key,
// raise oldest as well: files signed with it no longer check, and their holders make the
// file again from the same statement, whose code stays as it is. Neither helps when the
// secrets file itself was stolen, because all generations come from it: then the portal
// needs a new secrets file, and with it starts anew.
//
// The package imports nothing of ours and does no IO.
package credential
