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
    var addedRow: String?
    /// A sentence about a file that was not taken; everything else was.
    var refusal: String?
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
                bytesMax: FormLimits.uploadBytesMax,
                partsMax: FormLimits.pairsMax
            )
            // Files are streamed to the store; what is typed is held in memory, and bounded as without files.
            var typedBytes = 0
            while let part = try await multipart.next() {
                if let fileName = part.fileName {
                    guard !fileName.isEmpty else { continue }
                    try await keep(part, named: fileName, of: form, draft, &typed)
                } else {
                    let bytes = try await part.collect(bytesMax: FormLimits.valueScalarsMax * 4)
                    typedBytes += bytes.count
                    guard typedBytes <= Limits.bodyBytesMax else {
                        throw PlainRefusal.tooLarge(bytesMax: Limits.bodyBytesMax)
                    }
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

    /// One file into the region's store; a refusal is remembered, so that nothing typed is lost by it.
    private func keep(
        _ part: Multipart.Part,
        named fileName: String,
        of form: OfferedForm,
        _ draft: FormDraft,
        _ typed: inout TypedForm
    ) async throws {
        guard case .files(let rule)? = form.definition.field(named: part.name)?.kind else { return }
        let there = (draft.files + typed.files).count {
            $0.field == part.name && !typed.removed.contains($0.key)
        }
        guard there < rule.countMax else {
            typed.refusal = "Souborů může být nejvýše \(rule.countMax). Soubor „\(fileName)“ jsme nepřidali."
            return
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
            typed.refusal =
                "Soubor „\(fileName)“ jsme nepřidali. \(refusal.sentence) Ostatní zůstalo vyplněné."
        } catch let refusal as any Refusal {
            // The sending itself is broken or too large: there is nothing more to read.
            throw refusal
        } catch {
            typed.refusal =
                "Soubor „\(fileName)“ se nepodařilo uložit. Ostatní zůstalo vyplněné; zkuste to znovu."
        }
    }
}

extension TypedForm {
    mutating func take(_ name: String, _ value: String) throws {
        switch name {
        case "_token": break
        case "_act": act = value
        case "_asked": asked.insert(value)
        case "_add": addedRow = value
        case "_remove": removed.insert(value)
        default: try answers.add(name, value)
        }
    }
}
