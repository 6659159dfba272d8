package homeweb

import "portico/app/web/ui"

// class says what a column is to somebody who holds a copy of the database.
type class string

// The classes. Server columns are locked with the secrets file of the host, which can
// therefore open them; sealed ones open only with a key or a live session.
const (
	clear  class = "clear"  // readable
	sealed class = "sealed" // locked, and the host has no key
	server class = "server" // locked with the host's own secrets
	tag    class = "tag"    // a mark that only her live session makes
	hash   class = "hash"   // a fingerprint
	random class = "random" // a random number
	public class = "public" // the public half of a pair of keys
)

var classes = []class{clear, sealed, server, tag, hash, random, public}

// classWords names a class and says what the host could be made to hand over of it.
func classWords(p *ui.Page, c class) (name, words string) {
	switch c {
	case clear:
		return p.T("hold.class.clear"), p.T("hold.class.clear.text")
	case sealed:
		return p.T("hold.class.sealed"), p.T("hold.class.sealed.text")
	case server:
		return p.T("hold.class.server"), p.T("hold.class.server.text")
	case tag:
		return p.T("hold.class.tag"), p.T("hold.class.tag.text")
	case hash:
		return p.T("hold.class.hash"), p.T("hold.class.hash.text")
	case random:
		return p.T("hold.class.random"), p.T("hold.class.random.text")
	case public:
		return p.T("hold.class.public"), p.T("hold.class.public.text")
	}
	return "", ""
}

// holding explains one table: the message says what it is, why it is there and for how long.
type holding struct {
	words   func(p *ui.Page) string
	columns map[string]class
}

// holdings explains every table and column of the schema. A test holds it to the real one.
var holdings = map[string]holding{
	"site": {func(p *ui.Page) string { return p.T("hold.site") }, map[string]class{
		"name": clear, "value": clear,
	}},
	"jobs": {func(p *ui.Page) string { return p.T("hold.jobs") }, map[string]class{
		"id": random, "kind": clear, "payload": clear, "due": clear, "tries": clear, "held_until": clear,
	}},
	"audit_rows": {func(p *ui.Page) string { return p.T("hold.audit_rows") }, map[string]class{
		"id": random, "number": clear, "at": clear, "kind": clear, "salt": random, "matter": clear,
		"matter_hash": hash, "prev": hash, "hash": hash,
	}},
	"accounts": {func(p *ui.Page) string { return p.T("hold.accounts") }, map[string]class{
		"id": random, "salt": random, "lookup": hash, "kdf": clear, "sealed": sealed, "gen": random, "keep_until": clear,
	}},
	"boxes": {func(p *ui.Page) string { return p.T("hold.boxes") }, map[string]class{
		"addr": tag, "box": sealed, "keep_until": clear,
	}},
	"presences": {func(p *ui.Page) string { return p.T("hold.presences") }, map[string]class{
		"addr": tag, "month": clear, "epoch": clear, "box": sealed, "hash": hash, "wrap": sealed,
	}},
	"sessions": {func(p *ui.Page) string { return p.T("hold.sessions") }, map[string]class{
		"id": hash, "owner": tag, "label_box": sealed, "box": sealed, "ends": clear,
	}},
	"invite_batches": {func(p *ui.Page) string { return p.T("hold.invite_batches") }, map[string]class{
		"id": random, "label": clear, "code_hash": hash, "code_box": server, "most": clear, "uses": clear, "expires": clear, "closed": clear,
	}},
	"role_accounts": {func(p *ui.Page) string { return p.T("hold.role_accounts") }, map[string]class{
		"id": random, "handle": clear, "roles": clear, "salt": random, "sealed": sealed, "gen": random, "ended": clear,
	}},
	"role_keys": {func(p *ui.Page) string { return p.T("hold.role_keys") }, map[string]class{
		"account_id": random, "epoch": clear, "enc_pub": public, "sign_pub": public, "from_day": clear, "until_day": clear, "cert": public,
	}},
	"role_links": {func(p *ui.Page) string { return p.T("hold.role_links") }, map[string]class{
		"token_hash": hash, "roles": clear, "ends": clear,
	}},
	"circles": {func(p *ui.Page) string { return p.T("hold.circles") }, map[string]class{
		"id": clear, "epoch": clear, "pub": public,
	}},
	"circle_keys": {func(p *ui.Page) string { return p.T("hold.circle_keys") }, map[string]class{
		"circle": clear, "epoch": clear, "account_id": random, "wrap": sealed,
	}},
	"recoveries": {func(p *ui.Page) string { return p.T("hold.recoveries") }, map[string]class{
		"epoch": clear, "pub": public, "made_by": random, "made_day": clear, "ended_day": clear,
	}},
	"recovery_shares": {func(p *ui.Page) string { return p.T("hold.recovery_shares") }, map[string]class{
		"epoch": clear, "holder_id": random, "other_id": random, "wrap": sealed,
	}},
	"recovery_requests": {func(p *ui.Page) string { return p.T("hold.recovery_requests") }, map[string]class{
		"id": random, "epoch": clear, "purpose": clear, "asked_by": random, "for_id": random, "leaves_id": random, "why_id": random, "asked_day": clear,
		"ends": clear, "state": clear, "confirmed_by": random, "done_day": clear,
	}},
	"recovery_halves": {func(p *ui.Page) string { return p.T("hold.recovery_halves") }, map[string]class{
		"request_id": random, "holder_id": random, "wrap": sealed, "ends": clear,
	}},
	"recovery_openings": {func(p *ui.Page) string { return p.T("hold.recovery_openings") }, map[string]class{
		"request_id": random, "sealed_id": random,
	}},
	"contract_texts": {func(p *ui.Page) string { return p.T("hold.contract_texts") }, map[string]class{
		"id": random, "contract_id": random, "account_id": random, "lang": clear, "version": clear, "parts": clear, "saved_by": random, "saved_day": clear, "words_id": random,
	}},
	"contract_ticks": {func(p *ui.Page) string { return p.T("hold.contract_ticks") }, map[string]class{
		"text_id": random, "part": clear, "day": clear, "words_id": random,
	}},
	"contract_questions": {func(p *ui.Page) string { return p.T("hold.contract_questions") }, map[string]class{
		"id": random, "text_id": random, "part": clear, "day": clear, "words_id": random, "answer_id": random, "answered_by": random, "answered_day": clear,
	}},
	"payroll_details": {func(p *ui.Page) string { return p.T("hold.payroll_details") }, map[string]class{
		"account_id": random, "saved_day": clear, "words_id": random,
	}},
	"payroll_reads": {func(p *ui.Page) string { return p.T("hold.payroll_reads") }, map[string]class{
		"id": random, "account_id": random, "reader_id": random, "day": clear, "purpose": clear,
	}},
	"sealed": {func(p *ui.Page) string { return p.T("hold.sealed") }, map[string]class{
		"id": random, "kind": clear, "box": sealed, "box_hash": hash, "delete_after": clear,
	}},
	"sealed_keys": {func(p *ui.Page) string { return p.T("hold.sealed_keys") }, map[string]class{
		"sealed_id": random, "reader_kind": clear, "reader_id": clear, "epoch": clear, "wrap": sealed,
	}},
	"boards": {func(p *ui.Page) string { return p.T("hold.boards") }, map[string]class{
		"slug": clear, "audience": clear, "position": clear, "archived": clear, "closed": clear,
	}},
	"board_texts": {func(p *ui.Page) string { return p.T("hold.board_texts") }, map[string]class{
		"board": clear, "lang": clear, "name": clear, "purpose": clear, "rules": clear,
	}},
	"topics": {func(p *ui.Page) string { return p.T("hold.topics") }, map[string]class{
		"id": random, "board": clear, "title": clear, "lang": clear, "warning": clear, "state": clear, "pinned": clear,
		"listed": clear, "shown": clear, "last_no": clear, "last_day": clear,
	}},
	"voices": {func(p *ui.Page) string { return p.T("hold.voices") }, map[string]class{
		"topic_id": random, "tag": tag, "name": clear, "pause_until": clear, "upheld_day": clear, "closed": clear, "lang": clear,
		"board_out": clear,
	}},
	"board_members": {func(p *ui.Page) string { return p.T("hold.board_members") }, map[string]class{
		"board": clear, "tag": tag,
	}},
	"board_codes": {func(p *ui.Page) string { return p.T("hold.board_codes") }, map[string]class{
		"code_hash": hash, "board": clear, "tag": tag, "ends": clear,
	}},
	"board_closings": {func(p *ui.Page) string { return p.T("hold.board_closings") }, map[string]class{
		"board": clear, "tag": tag, "ends": clear,
	}},
	"vouches": {func(p *ui.Page) string { return p.T("hold.vouches") }, map[string]class{
		"code_hash": hash, "tag": tag,
	}},
	"questions": {func(p *ui.Page) string { return p.T("hold.questions") }, map[string]class{
		"id": random, "lang": clear, "urgent": clear, "day": clear, "state": clear, "last_no": clear, "keep_until": clear,
	}},
	"question_parts": {func(p *ui.Page) string { return p.T("hold.question_parts") }, map[string]class{
		"question_id": random, "no": clear, "sealed_id": random, "day": clear, "nonce_hash": hash,
	}},
	"posts": {func(p *ui.Page) string { return p.T("hold.posts") }, map[string]class{
		"id": random, "topic_id": random, "no": clear, "tag": tag, "role_account_id": random, "badge": clear, "handle": clear,
		"body": clear, "html": clear, "toks": clear, "lang": clear, "day": clear, "edited": clear, "version": clear,
		"state": clear, "nonce_hash": hash, "search_id": random,
	}},
	"post_pictures": {func(p *ui.Page) string { return p.T("hold.post_pictures") }, map[string]class{
		"post_id": random, "type": clear, "width": clear, "height": clear, "shows": clear, "bytes": clear,
	}},
	"reactions": {func(p *ui.Page) string { return p.T("hold.reactions") }, map[string]class{
		"post_id": random, "tag": tag, "kind": clear,
	}},
	"reports": {func(p *ui.Page) string { return p.T("hold.reports") }, map[string]class{
		"id": random, "post_id": random, "tag": tag, "reason": clear, "note_id": random, "day": clear,
	}},
	"queue_items": {func(p *ui.Page) string { return p.T("hold.queue_items") }, map[string]class{
		"id": random, "kind": clear, "post_id": random, "board": clear, "lang": clear, "urgent": clear, "reasons": clear,
		"since": clear, "claimed_by": random, "claimed_until": clear, "asks": clear,
	}},
	"decisions": {func(p *ui.Page) string { return p.T("hold.decisions") }, map[string]class{
		"id": random, "post_id": random, "topic_id": random, "tag": tag, "role_account_id": random, "action": clear,
		"reason": clear, "words": clear, "day": clear, "waited": clear, "made_by": random, "board": clear, "lang": clear,
		"days": clear, "second": clear, "appeal": clear, "appeal_note_id": random, "answer": clear,
	}},
	"desk_counts": {func(p *ui.Page) string { return p.T("hold.desk_counts") }, map[string]class{
		"month": clear, "action": clear, "reason": clear, "waited": clear, "n": clear,
	}},
	"desk_asides": {func(p *ui.Page) string { return p.T("hold.desk_asides") }, map[string]class{
		"item_id": random, "tag": tag,
	}},
	"desk_debriefs": {func(p *ui.Page) string { return p.T("hold.desk_debriefs") }, map[string]class{
		"id": random, "role_account_id": random, "asked_day": clear, "due_day": clear, "held_day": clear,
	}},
	"desk_shifts": {func(p *ui.Page) string { return p.T("hold.desk_shifts") }, map[string]class{
		"id": random, "role_account_id": random, "day": clear, "hour": clear, "hours": clear,
	}},
	"materials": {func(p *ui.Page) string { return p.T("hold.materials") }, map[string]class{
		"id": random, "kind": clear, "title": clear, "purpose": clear, "audience": clear, "lang": clear, "state": clear, "signed_by": random,
		"day": clear, "version": clear, "decided_version": clear, "published_version": clear, "published_day": clear, "review_day": clear,
		"shipped": clear, "story": clear, "subjects": clear, "withdrawn_day": clear, "withdrawn_by": clear, "withdrawn_why": clear,
	}},
	"material_stories": {func(p *ui.Page) string { return p.T("hold.material_stories") }, map[string]class{
		"material_id": random, "code_hash": hash, "tag": tag,
	}},
	"material_consents": {func(p *ui.Page) string { return p.T("hold.material_consents") }, map[string]class{
		"id": random, "material_id": random, "use": clear, "langs": clear, "from_day": clear, "until_day": clear, "recognise": clear,
		"removed": clear, "said": clear, "ended_day": clear,
	}},
	"material_terms": {func(p *ui.Page) string { return p.T("hold.material_terms") }, map[string]class{
		"id": random, "material_id": random, "lang": clear, "preferred": clear, "refused": clear, "why": clear, "day": clear,
	}},
	"material_prints": {func(p *ui.Page) string { return p.T("hold.material_prints") }, map[string]class{
		"id": random, "material_id": random, "day": clear, "lang": clear, "sheet": clear, "copies": clear, "place": clear,
	}},
	"material_wants": {func(p *ui.Page) string { return p.T("hold.material_wants") }, map[string]class{
		"material_id": random, "tag": tag,
	}},
	"material_people": {func(p *ui.Page) string { return p.T("hold.material_people") }, map[string]class{
		"material_id": random, "role_account_id": random, "credit": clear, "alias": clear,
	}},
	"material_versions": {func(p *ui.Page) string { return p.T("hold.material_versions") }, map[string]class{
		"material_id": random, "number": clear, "base": clear, "title": clear, "body": clear, "note": clear, "written_by": random,
		"day": clear,
	}},
	"material_suggestions": {func(p *ui.Page) string { return p.T("hold.material_suggestions") }, map[string]class{
		"id": random, "material_id": random, "version": clear, "part": clear, "passage": clear, "wanted": clear, "why": clear,
		"signed_by": random, "day": clear, "state": clear, "answer": clear,
	}},
	"material_consultations": {func(p *ui.Page) string { return p.T("hold.material_consultations") }, map[string]class{
		"id": random, "material_id": random, "number": clear, "version": clear, "least": clear, "not_asked": clear, "opened_day": clear,
		"closes_day": clear, "closed_day": clear, "state": clear,
	}},
	"material_questions": {func(p *ui.Page) string { return p.T("hold.material_questions") }, map[string]class{
		"consultation_id": random, "number": clear, "kind": clear, "words": clear,
	}},
	"material_voices": {func(p *ui.Page) string { return p.T("hold.material_voices") }, map[string]class{
		"consultation_id": random, "tag": tag, "community": clear,
	}},
	"material_replies": {func(p *ui.Page) string { return p.T("hold.material_replies") }, map[string]class{
		"id": random, "consultation_id": random, "number": clear, "scale": clear, "words": clear,
	}},
	"material_decisions": {func(p *ui.Page) string { return p.T("hold.material_decisions") }, map[string]class{
		"id": random, "material_id": random, "number": clear, "version": clear, "opened_day": clear, "closes_day": clear, "closed_day": clear,
		"state": clear,
	}},
	"material_ballots": {func(p *ui.Page) string { return p.T("hold.material_ballots") }, map[string]class{
		"decision_id": random, "tag": tag, "staff": clear,
	}},
	"material_votes": {func(p *ui.Page) string { return p.T("hold.material_votes") }, map[string]class{
		"id": random, "decision_id": random, "choice": clear, "words": clear,
	}},
	"material_feedback": {func(p *ui.Page) string { return p.T("hold.material_feedback") }, map[string]class{
		"id": random, "material_id": random, "version": clear, "lang": clear, "useful": clear, "plain": clear, "missing": clear,
	}},
	"statements": {func(p *ui.Page) string { return p.T("hold.statements") }, map[string]class{
		"code_hash": hash, "module": clear, "version": clear, "day": clear, "ends": clear, "state": clear,
	}},
	"training_units": {func(p *ui.Page) string { return p.T("hold.training_units") }, map[string]class{
		"role_account_id": random, "module": clear, "unit": clear, "version": clear, "day": clear,
	}},
	"training_completions": {func(p *ui.Page) string { return p.T("hold.training_completions") }, map[string]class{
		"role_account_id": random, "module": clear, "version": clear, "minutes": clear, "day": clear,
	}},
	"training_waivers": {func(p *ui.Page) string { return p.T("hold.training_waivers") }, map[string]class{
		"role_account_id": random, "module": clear, "reason": clear, "given_by": random, "day": clear,
	}},
	"training_practices": {func(p *ui.Page) string { return p.T("hold.training_practices") }, map[string]class{
		"role_account_id": random, "module": clear, "version": clear, "signer_id": random, "state": clear, "seen": clear, "day": clear,
	}},
	"training_assignments": {func(p *ui.Page) string { return p.T("hold.training_assignments") }, map[string]class{
		"role_account_id": random, "module": clear, "given_by": random, "until": clear, "day": clear,
	}},
	"training_shelf": {func(p *ui.Page) string { return p.T("hold.training_shelf") }, map[string]class{
		"slug": clear, "version": clear, "state": clear, "digest": clear, "whole": clear, "brought_by": random, "day": clear,
	}},
	"meetings": {func(p *ui.Page) string { return p.T("hold.meetings") }, map[string]class{
		"id": random, "host_id": random, "module": clear, "title": clear, "lang": clear, "what": clear, "place": clear, "day": clear, "begins": clear,
		"minutes": clear, "seats": clear, "languages": clear, "childcare": clear, "paid": clear, "state": clear, "heads": clear,
		"kind": clear, "series_id": random, "board": clear, "relation_id": random, "rests": clear, "note": clear, "changes": clear,
	}},
	"meeting_seats": {func(p *ui.Page) string { return p.T("hold.meeting_seats") }, map[string]class{
		"meeting_id": random, "tag": tag, "role_account_id": random, "no": clear, "interpreter": clear, "childcare": clear, "came": clear,
	}},
	"organisations": {func(p *ui.Page) string { return p.T("hold.organisations") }, map[string]class{
		"id": random, "name": clear, "mode": clear,
	}},
	"profiles": {func(p *ui.Page) string { return p.T("hold.profiles") }, map[string]class{
		"account_id": random, "organisation_id": random, "state": clear, "low": clear, "mine_id": random, "team_id": random, "wish_id": random,
		"asked_by": random, "shown_by": random, "shown_day": clear, "work_kind": clear, "paid_from": clear, "paid_until": clear,
	}},
	"profile_fields": {func(p *ui.Page) string { return p.T("hold.profile_fields") }, map[string]class{
		"account_id": random, "field": clear, "audience": clear, "words": clear,
	}},
	"profile_consents": {func(p *ui.Page) string { return p.T("hold.profile_consents") }, map[string]class{
		"account_id": random, "purpose": clear, "day": clear,
	}},
	"veils": {func(p *ui.Page) string { return p.T("hold.veils") }, map[string]class{
		"account_id": random, "level": clear,
	}},
	"profile_views": {func(p *ui.Page) string { return p.T("hold.profile_views") }, map[string]class{
		"about": random, "viewer": random, "day": clear, "what": clear,
	}},
	"career_skills": {func(p *ui.Page) string { return p.T("hold.career_skills") }, map[string]class{
		"id": random, "account_id": random, "kind": clear, "day": clear, "words_id": random, "asked_id": random, "confirmed_day": clear,
	}},
	"career_talks": {func(p *ui.Page) string { return p.T("hold.career_talks") }, map[string]class{
		"id": random, "account_id": random, "with_id": random, "day": clear, "state": clear, "words_id": random,
	}},
	"career_steps": {func(p *ui.Page) string { return p.T("hold.career_steps") }, map[string]class{
		"id": random, "account_id": random, "step": clear, "day": clear, "by_id": random, "words_id": random, "kept_day": clear,
	}},
	"conflict_contacts": {func(p *ui.Page) string { return p.T("hold.conflict_contacts") }, map[string]class{
		"account_id": random, "organisation": clear, "named_by": random, "day": clear,
	}},
	"conflict_notes": {func(p *ui.Page) string { return p.T("hold.conflict_notes") }, map[string]class{
		"id": random, "contact_id": random, "last_no": clear, "keep_until": clear,
	}},
	"conflict_parts": {func(p *ui.Page) string { return p.T("hold.conflict_parts") }, map[string]class{
		"note_id": random, "no": clear, "sealed_id": random, "nonce_hash": hash,
	}},
	"risks": {func(p *ui.Page) string { return p.T("hold.risks") }, map[string]class{
		"id": random, "account_id": random, "number": clear, "made_by": random, "made_day": clear, "review_day": clear, "words_id": random,
	}},
	"contracts": {func(p *ui.Page) string { return p.T("hold.contracts") }, map[string]class{
		"id": random, "account_id": random, "saved_by": random, "saved_day": clear, "present": clear, "remind_day": clear, "words_id": random, "kind": clear, "paid": clear, "additional": clear, "from_day": clear, "to_day": clear,
	}},
	"work_weeks": {func(p *ui.Page) string { return p.T("hold.work_weeks") }, map[string]class{
		"id": random, "account_id": random, "monday": clear, "state": clear, "closed_day": clear, "closings": clear,
	}},
	"work_lines": {func(p *ui.Page) string { return p.T("hold.work_lines") }, map[string]class{
		"id": random, "week_id": random, "account_id": random, "day": clear, "kind": clear, "minutes": clear, "source": clear, "note_id": random,
		"state": clear, "pays": clear, "approved_minutes": clear, "decided_by": random, "decided_day": clear, "reason_id": random, "dispute_until": clear,
		"dispute_id": random, "settled_by": random, "settled_id": random, "payment_id": random,
	}},
	"payments": {func(p *ui.Page) string { return p.T("hold.payments") }, map[string]class{
		"id": random, "account_id": random, "day": clear, "reference": clear, "minutes": clear, "currency": clear, "amount_id": random, "paid_by": random,
	}},
	"work_months": {func(p *ui.Page) string { return p.T("hold.work_months") }, map[string]class{
		"month": clear, "state": clear, "locked_by": random, "locked_day": clear, "unlocked_by": random, "unlocked_day": clear, "reason_id": random,
	}},
	"material_minutes": {func(p *ui.Page) string { return p.T("hold.material_minutes") }, map[string]class{
		"material_id": random, "role_account_id": random, "day": clear, "minutes": clear,
	}},
	"translation_minutes": {func(p *ui.Page) string { return p.T("hold.translation_minutes") }, map[string]class{
		"document_id": random, "role_account_id": random, "day": clear, "minutes": clear,
	}},
	"translate_documents": {func(p *ui.Page) string { return p.T("hold.translate_documents") }, map[string]class{
		"id": random, "kind": clear, "lang": clear, "title": clear, "tail": clear, "critical": clear, "edition": clear,
	}},
	"translate_segments": {func(p *ui.Page) string { return p.T("hold.translate_segments") }, map[string]class{
		"id": random, "document_id": random, "place": clear, "kind": clear, "lead": clear, "source": clear,
	}},
	"translate_languages": {func(p *ui.Page) string { return p.T("hold.translate_languages") }, map[string]class{
		"document_id": random, "lang": clear, "state": clear, "opened_day": clear, "approved_by": random, "approved_day": clear, "shipped": clear,
	}},
	"translate_targets": {func(p *ui.Page) string { return p.T("hold.translate_targets") }, map[string]class{
		"segment_id": random, "lang": clear, "document_id": random, "state": clear, "version": clear, "words": clear, "machine": clear, "editor_id": random,
		"reviewer_id": random, "old_source": clear, "published": clear, "published_machine": clear, "up_to_date": clear,
		"reviews": clear, "trouble": clear,
	}},
	"translate_history": {func(p *ui.Page) string { return p.T("hold.translate_history") }, map[string]class{
		"id": random, "segment_id": random, "lang": clear, "version": clear, "act": clear, "words": clear, "by_id": random, "day": clear,
		"origin": clear, "model": clear, "edition": clear, "denies": clear,
	}},
	"translate_memory": {func(p *ui.Page) string { return p.T("hold.translate_memory") }, map[string]class{
		"id": random, "from_lang": clear, "to_lang": clear, "source_hash": hash, "size": clear, "source": clear, "target": clear, "document_id": random,
	}},
	"translate_terms": {func(p *ui.Page) string { return p.T("hold.translate_terms") }, map[string]class{
		"id": random, "from_lang": clear, "lang": clear, "term": clear, "preferred": clear, "refused": clear, "domain": clear, "note": clear, "review": clear, "version": clear, "kind": clear,
	}},
	"reader_languages": {func(p *ui.Page) string { return p.T("hold.reader_languages") }, map[string]class{
		"role_account_id": random, "lang": clear,
	}},
	"translate_batches": {func(p *ui.Page) string { return p.T("hold.translate_batches") }, map[string]class{
		"id": random, "document_id": random, "lang": clear, "state": clear, "segments": random, "total": clear, "drafted": clear, "tries": clear, "trouble": clear,
		"asked_by": random,
	}},
	"translate_egress": {func(p *ui.Page) string { return p.T("hold.translate_egress") }, map[string]class{
		"id": random, "day": clear, "purpose": clear, "document_id": random, "lang": clear, "asked_by": random, "address": clear, "model": clear, "hash": hash,
		"size": clear, "tokens_in": clear, "tokens_out": clear, "cost": clear, "trouble": clear,
	}},
	"translate_backs": {func(p *ui.Page) string { return p.T("hold.translate_backs") }, map[string]class{
		"segment_id": random, "lang": clear, "version": clear, "state": clear, "words": clear, "tries": clear, "trouble": clear, "asked_by": random,
	}},
	"translate_readings": {func(p *ui.Page) string { return p.T("hold.translate_readings") }, map[string]class{
		"id": random, "document_id": random, "lang": clear, "day": clear, "edition": clear, "understood": clear, "hard": clear,
	}},
	"translate_spending": {func(p *ui.Page) string { return p.T("hold.translate_spending") }, map[string]class{
		"month": clear, "document_id": random, "lang": clear, "tokens_in": clear, "tokens_out": clear, "cost": clear,
	}},
	"host_terms": {func(p *ui.Page) string { return p.T("hold.host_terms") }, map[string]class{
		"id": random, "lang": clear, "term": clear, "outcome": clear, "note": clear, "day": clear, "added_by": random,
	}},
	"rule_versions": {func(p *ui.Page) string { return p.T("hold.rule_versions") }, map[string]class{
		"number": clear, "lang": clear, "body": clear, "decided": clear, "day": clear, "state": clear,
	}},
	"translate_answers": {func(p *ui.Page) string { return p.T("hold.translate_answers") }, map[string]class{
		"hash": hash, "words": clear,
	}},
}
