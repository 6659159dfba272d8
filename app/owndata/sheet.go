package owndata

// reason is why no row of a table is given to anybody.
type reason string

// The reasons. Each has words in the messages, under own.why.
const (
	nobody   reason = "nobody"   // it is about the house, texts or numbers, and about no person
	unlinked reason = "unlinked" // people wrote it without any mark: nobody can know whose it is
	secret   reason = "secret"   // keys and codes: who has them could act in her place
	inside   reason = "inside"   // what it holds for her is opened in other places of this sheet
	others   reason = "others"   // it is how power is checked, or what others wrote to somebody
)

// rule says how the rows of one table that are hers are found.
type rule struct {
	why   reason   // none is given, and why
	her   []string // columns with the number of her role account
	marks []mark   // marks that only her session computes
	of    *branch  // they hang on rows of another table that are hers
}

// mark is a tag: it fits one scope, which stands in a column of the same row.
type mark struct{ purpose, scope string }

// branch says which column names the row of another table that a row belongs to.
type branch struct{ column, table, key string }

func because(why reason) rule         { return rule{why: why} }
func by(columns ...string) rule       { return rule{her: columns} }
func tagged(purpose, s string) rule   { return rule{marks: []mark{{purpose, s}}} }
func under(c, table, key string) rule { return rule{of: &branch{c, table, key}} }

// sheet has a decision about every table. A test holds it to the schema of the database, so
// that a new table cannot come without one.
var sheet = map[string]rule{
	"accounts": because(secret), "sessions": because(inside), "boxes": because(inside), "presences": because(inside), "sealed": because(inside), "sealed_keys": because(inside),
	"role_keys": by("account_id"), "role_links": because(secret), "role_accounts": by("id"), "circle_keys": because(secret), "circles": because(nobody),
	"recoveries": because(others), "recovery_shares": because(secret), "recovery_halves": because(secret), "recovery_openings": because(others),
	"recovery_requests": by("asked_by", "for_id", "confirmed_by"), "audit_rows": because(others), "jobs": because(nobody), "site": because(nobody),
	"invite_batches": because(nobody), "veils": by("account_id"),

	"boards": because(nobody), "board_texts": because(nobody), "topics": because(nobody), "board_members": tagged("board", "board"),
	"board_codes": tagged("board", "board"), "board_closings": tagged("close", "board"), "vouches": tagged("vouch", "code_hash"),
	"voices": tagged("topic", "topic_id"), "posts": {her: []string{"role_account_id"}, marks: []mark{{"topic", "topic_id"}}},
	"post_pictures": under("post_id", "posts", "id"), "reactions": tagged("react", "post_id"), "reports": tagged("report", "post_id"),
	"questions": because(inside), "question_parts": because(inside), "queue_items": because(others), "desk_asides": tagged("aside", "item_id"),
	"decisions":   {her: []string{"role_account_id", "made_by"}, marks: []mark{{"topic", "topic_id"}}},
	"desk_counts": because(nobody), "desk_debriefs": by("role_account_id"), "desk_shifts": by("role_account_id"), "host_terms": by("added_by"),
	"rule_versions": because(nobody),

	"materials": by("signed_by"), "material_wants": tagged("material", "material_id"), "material_people": by("role_account_id"),
	"material_versions": by("written_by"), "material_suggestions": by("signed_by"), "material_consultations": because(nobody),
	"material_questions": because(nobody), "material_voices": tagged("survey", "consultation_id"), "material_replies": because(unlinked),
	"material_decisions": because(nobody), "material_ballots": tagged("vote", "decision_id"), "material_votes": because(unlinked),
	"material_feedback": because(unlinked), "material_stories": tagged("story", "material_id"),
	"material_consents": under("material_id", "material_stories", "material_id"), "material_terms": because(nobody), "material_prints": because(nobody),
	"material_recordings": by("sent_by", "heard_by"), "page_recordings": by("sent_by", "heard_by"), "material_minutes": by("role_account_id"),
	"magazine_issues": because(nobody), "magazine_board": by("role_account_id"), "magazine_topics": because(unlinked),
	"magazine_wants": tagged("magazine topic", "topic_id"), "magazine_pieces": tagged("magazine piece", "id"),
	"magazine_ballots": tagged("magazine board", "piece_id"), "magazine_copies": because(nobody), "magazine_said": because(unlinked),

	"translate_documents": because(nobody), "translate_segments": because(nobody), "translate_languages": by("approved_by"),
	"translate_targets": by("editor_id", "reviewer_id"), "translate_history": by("by_id"), "translate_memory": because(nobody),
	"translate_terms": because(nobody), "reader_languages": by("role_account_id"), "translate_batches": by("asked_by"), "translate_backs": by("asked_by"),
	"translate_egress": by("asked_by"), "translate_readings": because(unlinked), "translate_spending": because(nobody),
	"translate_answers": because(nobody), "translation_minutes": by("role_account_id"),
	"directory_entries": by("verified_by"), "directory_relations": because(nobody), "directory_state": because(nobody), "corrections": because(unlinked), "practices": by("verified_by"), "practice_corrections": because(unlinked),
	"figure_tables": because(nobody), "figure_releases": because(nobody), "figure_voices": tagged("figures release", "release_id"),
	"surveys": by("made_by"), "survey_texts": because(nobody), "survey_voices": tagged("survey voice", "survey_id"), "survey_answers": because(unlinked), "survey_words": because(unlinked),
	"notices": because(unlinked), "notice_parts": because(unlinked), "tips": because(nobody), "tip_texts": by("written_by", "shown_by"),
	"practice_interviews": by("written_by"), "organisations": because(nobody),

	"training_units": by("role_account_id"), "training_completions": by("role_account_id"), "training_waivers": by("role_account_id"),
	"training_practices": by("role_account_id", "signer_id"), "training_assignments": by("role_account_id"), "training_shelf": by("brought_by"),
	"statements": because(inside), "meetings": by("host_id"), "meeting_seats": {her: []string{"role_account_id"}, marks: []mark{{"meeting seat", "meeting_id"}}},

	"supervision_relations": under("id", "supervision_members", "relation_id"), "supervision_members": by("account_id"),
	"supervision_entries": under("id", "supervision_present", "entry_id"), "supervision_present": by("account_id"),
	"supervision_actions": under("entry_id", "supervision_present", "entry_id"), "supervision_links": by("signer_id"), "supervision_reads": by("account_id"),
	"supervision_codes": because(secret), "supervision_debriefs": by("account_id", "told_id"), "supervision_requirements": because(nobody),

	"profiles": by("account_id"), "profile_fields": by("account_id"), "profile_consents": by("account_id"), "profile_views": by("about", "viewer"),
	"risks": by("account_id"), "contracts": by("account_id"), "contract_texts": by("account_id"), "contract_ticks": under("text_id", "contract_texts", "id"),
	"contract_questions": under("text_id", "contract_texts", "id"), "payroll_details": by("account_id"), "payroll_reads": by("account_id", "reader_id"),
	"career_skills": by("account_id"), "career_talks": by("account_id", "with_id"), "career_steps": by("account_id"),
	"conflict_contacts": by("account_id"), "conflict_notes": because(others), "conflict_parts": because(others),
	"work_weeks": by("account_id"), "work_lines": by("account_id"), "payments": by("account_id"), "work_months": because(nobody),

	"candidacies": by("account_id"), "candidacy_steps": under("candidacy_id", "candidacies", "id"), "candidacy_messages": under("candidacy_id", "candidacies", "id"),
	"rule_signatures": by("account_id"), "joining_votes": because(nobody), "joining_voters": by("account_id"),
	"joining_ballots": {marks: []mark{{"joining vote", "vote_id"}, {"title vote", "vote_id"}}}, "joining_choices": because(unlinked),
	"joining_appeals": under("candidacy_id", "candidacies", "id"), "panel_members": by("account_id"), "joining_offers": under("candidacy_id", "candidacies", "id"),
	"joining_criteria": because(nobody), "joining_pages": because(nobody), "joining_postings": because(nobody), "joining_texts": because(nobody),
	"joining_figures": because(nobody), "farewells": because(unlinked), "title_rounds": because(nobody), "title_proposals": because(unlinked),
}
