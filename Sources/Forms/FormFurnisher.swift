package import Database
package import Foundation
import Office

/// Gives a new office the forms of the template.
package struct FormFurnisher: RoomFurnisher {
    private let templates: FormTemplates

    /// Throws ``FormTemplateFault`` for a form that may not be published.
    package init(folder: URL, services: Set<String>) throws {
        templates = try FormTemplates(folder: folder, services: services)
    }

    package var room: String { "Forms" }

    package func furnish(_ script: inout Script, schema: TenantName) throws {
        FormStore.furnish(&script, with: templates, schema: schema.rawValue)
    }
}
