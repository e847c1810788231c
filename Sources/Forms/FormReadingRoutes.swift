import Files
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Sealing
import Web

/// What came from a page of a form.
struct TypedForm: Sendable {
    var answers = FormAnswers()
    var files: [StagedFile] = []
    var removed: Set<String> = []
    /// The inputs that the page had; a box that was unticked sends nothing else.
    var asked: Set<String> = []
    var act = ""
    /// The page it came from.
    var window: DraftWindow?
    /// The question whose button asked for what the answers bring.
    var refreshed: String?
    var addedRow: String?
    /// Files that were not taken, each with the reason; everything else was.
    var refusals: [FieldFault] = []
}

extension FormRoutes {
    /// Reads a page of a form, files streamed to the store; url-encoded where the page has none.
    func read(_ request: Request, _ form: OfferedForm, _ draft: FormDraft) async throws -> TypedForm {
        var typed = TypedForm()
        do {
            guard request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true else {
                for pair in try await Input.pairs(from: request) { try typed.take(pair.name, pair.value) }
                return typed
            }
            let multipart = try Multipart(
                request,
                bytesMax: Limits.uploadBytesMax,
                partsMax: FormLimits.pairsMax
            )
            // Files are streamed to the store; what is typed is held in memory, and bounded as without files.
            var typedBytes = 0
            while let part = try await multipart.next() {
                if let fileName = part.fileName {
                    guard !fileName.isEmpty else { continue }
                    try await keep(part, named: fileName, of: form, draft, &typed)
                } else {
                    let bytes = try await text(of: part, bytesMax: Limits.bodyBytesMax - typedBytes)
                    typedBytes += bytes.count
                    guard let value = String(validating: bytes, as: UTF8.self) else {
                        throw AnswersRefusal.notUTF8(name: part.name)
                    }
                    try typed.take(part.name, value)
                }
            }
        } catch let refusal as AnswersRefusal {
            throw PlainRefusal(.invalid, "answers-unreadable", refusal.czech)
        }
        return typed
    }

    private func text(of part: Multipart.Part, bytesMax: Int) async throws -> [UInt8] {
        do {
            return try await part.collect(bytesMax: bytesMax)
        } catch let refusal as PlainRefusal where refusal.kind == .tooLarge {
            throw PlainRefusal.textTooLarge
        }
    }

    /// One file into the region's store; a refusal is remembered, so that nothing typed is lost by it.
    private func keep(
        _ part: Multipart.Part,
        named fileName: String,
        of form: OfferedForm,
        _ draft: FormDraft,
        _ typed: inout TypedForm
    ) async throws {
        guard let field = form.definition.field(named: part.name), case .files(let rule) = field.kind else {
            return
        }
        let section = form.definition.sections.first { $0.fields.contains { $0.name == field.name } }
        func refuse(_ reason: String) {
            typed.refusals.append(
                FieldFault(
                    name: field.name,
                    label: field.label,
                    section: section?.name ?? "",
                    czech: "Soubor „\(fileName)“ jsme nepřidali. \(reason)"
                )
            )
        }
        let there = (draft.files + typed.files).count {
            $0.field == part.name && !typed.removed.contains($0.key)
        }
        guard there < rule.countMax else {
            return refuse("Souborů tu může být nejvýše \(rule.countMax).")
        }
        do {
            let stored = try await files.write(
                owner: .region,
                bytesMax: rule.bytesMax,
                accepting: Set(rule.accept),
                part.body
            )
            let file = StagedFile(
                field: part.name,
                name: FileName(cleaning: fileName, type: stored.type).text,
                bytes: stored.byteCount,
                type: stored.type,
                digest: stored.digest
            )
            // The same file for another question is another attachment.
            guard !(draft.files + typed.files).contains(where: { $0.key == file.key }) else { return }
            typed.files.append(file)
        } catch let refusal as FileRefusal {
            refuse(refusal.sentence)
        } catch let refusal as any Refusal {
            // The sending itself is broken or too large: there is nothing more to read.
            throw refusal
        } catch {
            refuse("Nepodařilo se ho uložit; zkuste to znovu.")
        }
    }
}

extension PlainRefusal {
    /// Of all that was typed together; files count for themselves.
    static let textTooLarge = PlainRefusal(
        .tooLarge,
        "text-too-large",
        "To, co jste napsali, má dohromady přes \(byteSize(Limits.bodyBytesMax)). Zkraťte to, nebo text přiložte "
            + "jako soubor."
    )
}

extension TypedForm {
    mutating func take(_ name: String, _ value: String) throws {
        switch name {
        case "_token": break
        case "_act": act = value
        case "_window": window = DraftWindow(value)
        case "_refresh":
            act = "obnovit"
            refreshed = value
        case "_asked": asked.insert(value)
        case "_add": addedRow = value
        case "_remove": removed.insert(value)
        default: try answers.add(name, value)
        }
    }
}
