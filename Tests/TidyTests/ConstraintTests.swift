import Foundation
import Testing

/// A constraint either has a refusal of its own or is out of a person's reach, and then stands here with why.
///
/// Without one the person would be told that something broke.
@Suite struct ConstraintTests {
    let tree = Tree.here

    private static let outOfReach: [String: [String]] = [
        "numbers, marks and identifiers are made by the server, under a lock where they count": [
            "case_files_mark", "documents_gapless", "documents_number", "documents_preceding",
            "entries_number",
            "entries_year", "entries_receivable", "entries_append_only", "receivables_symbol",
            "submissions_code",
            "form_drafts_key", "components_digest", "outbox_order", "log_anchors_once",
        ],
        "what comes twice is one: `on conflict`, or an inbox before it": [
            "case_files_submission", "senders_once", "submissions_key", "users_email", "services_version",
        ],
        "the noun refuses it first, and nobody else can write between": [
            "accounts_code", "accounts_name", "case_files_closed", "documents_cancelled",
            "documents_delivery", "documents_abandoned", "documents_email", "notices_collection",
            "notices_order", "notices_posted", "form_drafts_size", "form_drafts_marks",
        ],
        "data files of this project, linted before they are loaded": [
            "plan_entries_regime", "plan_entries_sign", "form_versions_digest", "form_versions_number",
            "form_versions_version", "offices_designated", "offices_slug", "services_checked",
        ],
        "the migrator's own": ["tenants_office"],
    ]

    @Test func everyConstraintHasARefusalOrAReason() {
        var named: Set<String> = []
        for file in tree.migrations {
            let text = file.text.replacing(/--[^\n]*/, with: "")
            let dropped = Set(text.matches("drop constraint ([a-z_]+)"))
            named.formUnion(
                text.matches("(?<!drop )\\bconstraint (?!trigger)([a-z_]+)").filter { !dropped.contains($0) }
            )
            named.formUnion(text.matches("\\bconstraint = '([a-z_]+)'"))
        }
        let spoken = Set(tree.sources.flatMap { $0.swift?.literals ?? [] })
        let excused = Set(Self.outOfReach.values.joined())
        for name in named.subtracting(excused).sorted() {
            #expect(
                spoken.contains(name),
                "\(name) refuses without words: map it, or say why nobody meets it"
            )
        }
        for name in excused.sorted() {
            #expect(named.contains(name), "there is no constraint \(name) any more")
            #expect(!spoken.contains(name), "\(name) has a refusal; it needs no excuse")
        }
    }
}
