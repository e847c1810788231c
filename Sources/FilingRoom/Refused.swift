import Foundation
import Office

/// A form of a case file that was turned down: what was typed comes back into it, with what is wrong beside the field.
struct Refused: Sendable {
    /// The last part of the form's address, such as `doruceno`.
    let act: String
    /// Of a form about a document its id.
    let document: UUID?
    let typed: [String: String]
    let refusal: any Refusal

    func concerns(_ act: String, of document: UUID? = nil) -> Bool {
        self.act == act && self.document == document
    }
}

extension Refused {
    /// The fields of a form by their names, as they were typed.
    static func fields(of form: some Encodable) throws -> [String: String] {
        let fields = try JSONSerialization.jsonObject(with: JSONEncoder().encode(form)) as? [String: Any]
        return (fields ?? [:]).compactMapValues { $0 as? String }
    }
}

/// What a field shows: its value, or after a refusal what was typed and why it cannot stand.
struct FieldView: Codable, Sendable {
    let value: String
    let error: String?
    /// The form it stands in was refused; what folds stays open.
    let isRefused: Bool

    init(
        _ name: String,
        _ act: String,
        of document: UUID? = nil,
        _ refused: Refused?,
        else value: String = ""
    ) {
        let mine = refused.flatMap { $0.concerns(act, of: document) ? $0 : nil }
        self.value = mine?.typed[name] ?? value
        error = mine?.refusal.fields[name]
        isRefused = mine != nil
    }
}

/// The fields of the forms about the case file itself.
struct CaseFields: Codable, Sendable {
    let confirmed: FieldView
    let resumed: FieldView
    let amount: FieldView
    let due: FieldView
    let how: FieldView
    let note: FieldView
    let clerk: FieldView
    let reason: FieldView
    let plan: FieldView
    let title: FieldView
    let why: FieldView

    init(_ file: CaseFile, _ refused: Refused?, today: Day) {
        confirmed = FieldView("day", "potvrdit", refused, else: today.description)
        resumed = FieldView("day", "doplneno", refused, else: today.description)
        amount = FieldView("amount", "predepsat", refused)
        due = FieldView("due", "predepsat", refused, else: LegalPeriod.days(30).end(after: today).description)
        how = FieldView("how", "vyridit", refused)
        note = FieldView("note", "vyridit", refused)
        clerk = FieldView("clerk", "pridelit", refused)
        reason = FieldView("reason", "prodlouzit", refused)
        plan = FieldView("plan", "znak", refused)
        title = FieldView("title", "nazev", refused, else: file.title)
        why = FieldView("why", "otevrit", refused)
    }
}

/// The fields of the forms about one of its documents.
struct DocumentFields: Codable, Sendable {
    let sent: FieldView
    let to: FieldView
    let abandoned: FieldView
    let delivered: FieldView
    let proof: FieldView
    let returned: FieldView
    let why: FieldView
    let ground: FieldView
    let forceProof: FieldView
    let proven: FieldView
    let force: FieldView
    let mark: FieldView

    init(_ document: UUID, _ refused: Refused?, today: Day, force: Day?) {
        func field(_ name: String, _ act: String, _ value: String = "") -> FieldView {
            FieldView(name, act, of: document, refused, else: value)
        }
        sent = field("day", "vypravit", today.description)
        to = field("to", "vypravit")
        abandoned = field("why", "upustit", "podatel není k zastižení")
        delivered = field("day", "doruceno")
        proof = field("proof", "doruceno")
        returned = field("day", "vraceno", today.description)
        why = field("why", "vraceno", "adresát neznámý")
        ground = field("ground", "pravni-moc")
        forceProof = field("proof", "pravni-moc")
        proven = field("proven", "pravni-moc")
        self.force = field("day", "pravni-moc", force?.description ?? "")
        mark = field("mark", "presunout")
    }
}

/// What was prescribed in the case file, as the books have it now.
struct FeeView: Codable, Sendable {
    let amount: String
    let due: String
    let state: String
    let isPaid: Bool
    let isLate: Bool
    let canCancel: Bool
    let link: String

    init?(_ file: CaseFile, _ fee: FeeState?, mayAct: Bool, today: Day) {
        guard let id = file.feeID, let fee else { return nil }
        let isPaid = fee.rest.hellers == 0
        let isLate = !isPaid && fee.due < today
        let rest = "zbývá zaplatit \(fee.rest.czech)"
        amount = fee.amount.czech
        due = fee.due.czech
        state = isPaid ? "zaplaceno" : fee.rest < fee.amount ? rest : isLate ? "po splatnosti" : "nezaplaceno"
        self.isPaid = isPaid
        self.isLate = isLate
        canCancel = mayAct && file.closed == nil && fee.rest == fee.amount
        link = "/platba/\(id.uuidString.lowercased())"
    }
}
