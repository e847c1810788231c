package import Foundation
package import Sealing

/// A definition as it is published: its canonical bytes and their digest.
package struct TemplateForm: Sendable {
    let definition: FormDefinition
    package let canonical: [UInt8]
    package let digest: Digest

    package var code: String { definition.code }
    package var version: Int { definition.version }
    package var title: String { definition.title }
    package var serviceCode: String { definition.service }

    init(_ definition: FormDefinition) throws {
        self.definition = definition
        canonical = try definition.canonical
        digest = Digest(of: canonical)
    }
}

/// The forms that a new office is given, from `TenantTemplates/municipality/forms`.
package struct FormTemplates: Sendable {
    package let forms: [TemplateForm]

    /// Reads and lints every `.json` of the folder; `services` are the codes of the catalogue.
    ///
    /// Throws ``FormTemplateFault`` with the file and everything that is wrong with it.
    package init(folder: URL, services: Set<String>) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let linter = FormLinter(services: services)
        forms = try names.filter { $0.hasSuffix(".json") }.map { name in
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            let definition: FormDefinition
            do {
                definition = try FormDefinition(reading: bytes)
            } catch {
                throw FormTemplateFault(file: name, findings: ["\(error)"])
            }
            let findings = linter.findings(in: definition)
            guard findings.isEmpty else { throw FormTemplateFault(file: name, findings: findings) }
            return try TemplateForm(definition)
        }
    }
}

/// A form of the template that may not be published.
package struct FormTemplateFault: Error, CustomStringConvertible {
    package let file: String
    package let findings: [String]
    package var description: String { "\(file): \(findings.joined(separator: " "))" }
}
