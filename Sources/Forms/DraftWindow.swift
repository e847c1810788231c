import Sealing

/// A page on which a draft is filled in, as its hidden input carries it: `7.kX9Pq2Lm`.
struct DraftWindow: Sendable, Equatable {
    /// How often the draft had been kept when the page was made.
    let revision: Int
    /// Drawn for each page; a browser's way back leads to the same one.
    let name: String

    init(_ draft: FormDraft) {
        revision = draft.revision
        name = Base64URL.text(RandomBytes.make(6))
    }

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let revision = Int(parts[0]), (1...16).contains(parts[1].utf8.count) else {
            return nil
        }
        self.revision = revision
        name = String(parts[1])
    }

    var text: String { "\(revision).\(name)" }
}

extension FormDraft {
    /// Answers that another page kept after this one was made, and that what was typed here would undo.
    func unseen(by typed: TypedForm) -> Set<String> {
        guard let window = typed.window else { return [] }
        let asked = answers.values.keys.filter(typed.asks) + typed.answers.values.keys
        return Set(
            asked.filter { name in
                guard let mark = marks[name].flatMap({ DraftWindow($0) }) else { return false }
                return mark.revision > window.revision && mark.name != window.name
                    && answers.said(name) != typed.answers.said(name)
            }
        )
    }

    /// Replaces what the page asked, but for the names it must leave alone; answers it did not show stay.
    mutating func take(_ typed: TypedForm, leaving unseen: Set<String> = []) {
        let before = answers
        let others = before.filtered { !typed.asks($0) || unseen.contains($0) }
        answers = others.merged(with: typed.answers.filtered { !unseen.contains($0) })
        files = files.filter { !typed.removed.contains($0.key) } + typed.files
        if let group = typed.addedRow {
            answers.set("\(group).\((answers.rows(of: group).max() ?? 0) + 1)._", [""])
        }
        revision += 1
        guard let window = typed.window else { return }
        let mark = "\(revision).\(window.name)"
        let names = Set(before.values.keys).union(answers.values.keys)
        for name in names where before.said(name) != answers.said(name) { marks[name] = mark }
    }

    /// What was typed, also where another page kept something else, and what that one kept where nothing was typed.
    func showing(_ typed: TypedForm, over unseen: Set<String>) -> FormDraft {
        var shown = self
        for name in unseen where !typed.answers.said(name).isEmpty {
            shown.answers.set(name, typed.answers[name])
        }
        return shown
    }
}

extension TypedForm {
    /// Whether the page had an input of this name; those of a place or a row bear the name of their field before a dot.
    func asks(_ name: String) -> Bool {
        if asked.contains(name) { return true }
        guard let dot = name.lastIndex(of: ".") else { return false }
        return asked.contains(String(name[..<dot]))
    }
}

extension FormDefinition {
    /// For a person: what stands in another window, each question once.
    func sentence(of unseen: Set<String>, in draft: FormDraft) -> String {
        var told: [String] = []
        for field in allFields {
            let names = unseen.filter { name in
                FieldView.plainName(of: name) == field.name || name.hasPrefix("\(field.name).")
            }
            guard !names.isEmpty else { continue }
            var line = "„\(field.label)“"
            switch field.kind {
            case .text, .longText:
                let kept = names.sorted().map { draft.answers.first($0) }.filter { !$0.isEmpty }
                if !kept.isEmpty { line += " (\(kept.joined(separator: ", ").prefix(200)))" }
            default: break
            }
            told.append(line)
        }
        return "Tento formulář jste mezitím uložili i v jiném okně. Je tam jinak: "
            + "\(told.joined(separator: ", ")). Na této stránce je, co jste napsali tady, a kde tu nic nebylo, je doplněno, co je tam. "
            + "Zkontrolujte to prosím a pokračujte."
    }
}
