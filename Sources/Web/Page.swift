package import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore
import Office

/// A page is a value whose stored properties are the only names its template may use.
///
/// The same value is the answer to `Accept: application/json`.
package protocol Page: Sendable, Codable {
    static var template: String { get }
    /// What stands in the browser's title and in the `h1`.
    var title: String { get }
}

/// The templates of all rooms.
package struct Pages: Sendable {
    private let library: [String: Template]
    package let hosts: Hosts
    private let assetsVersion: String

    /// Reads every `.mustache` of these directories once; one that does not parse, names a template that is not
    /// there or has the name of another stops the start, with its file and line.
    package init(directories: [URL], hosts: Hosts, assetsVersion: String) throws {
        var templates: [String: Template] = [:]
        for directory in directories {
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            for name in names where name.hasSuffix(".mustache") {
                let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
                // As it stands in the tree: the room, and the file in it.
                let file = (directory.pathComponents.suffix(2) + [name]).joined(separator: "/")
                let template = try Template(text, file: file)
                guard templates.updateValue(template, forKey: String(name.dropLast(9))) == nil else {
                    throw Template.Fault(
                        file: file,
                        line: 1,
                        what: "another room has a template of this name"
                    )
                }
            }
        }
        for template in templates.values { try template.check(against: templates) }
        library = templates
        self.hosts = hosts
        self.assetsVersion = assetsVersion
    }

    /// HTML, or the same value as JSON where the request prefers it.
    package func answer(
        _ page: some Page,
        to request: Request,
        _ visit: Visit,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        // A description that says something else than is answered is found by the first test that asks.
        assert(
            visit.trace.shown.isEmpty || status.kind != .successful
                || visit.trace.shown.contains(type(of: page).template),
            "\(visit.trace.route) shows \(type(of: page)), its route says \(visit.trace.shown)"
        )
        if request.prefersJSON { return try Response.json(page, status: status) }
        return Response.html(html(page, visit), status: status)
    }

    package func html(_ page: some Page, _ visit: Visit) -> String {
        let chrome = Chrome(title: page.title, visit: visit, hosts: hosts, assetsVersion: assetsVersion)
        guard let template = library[type(of: page).template],
            let shown = try? Shown(of: page), let shownChrome = try? Shown(of: chrome)
        else { preconditionFailure("no template \(type(of: page).template)") }
        var rendering = Rendering(
            .record([("chrome", shownChrome)]),
            page: shown,
            library: library
        )
        rendering.show(template.parts)
        return String(decoding: rendering.bytes, as: UTF8.self)
    }
}

extension Request {
    /// True when the caller asks for JSON and not for a page; at the addresses for programs always.
    package var prefersJSON: Bool { isOfProgram(path: uri.path, accept: headers[.accept]) }
}

func isOfProgram(path: String?, accept: String?) -> Bool {
    path?.hasPrefix("/api/") == true || accepts(json: accept)
}

/// Whether a header `Accept` asks for JSON and not for a page.
func accepts(json accept: String?) -> Bool {
    guard let accept else { return false }
    return accept.contains("json") && !accept.contains("text/html")
}

extension Response {
    package static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    package static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        type: String = "application/json; charset=utf-8"
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let data = try encoder.encode(value)
        return Response(
            status: status,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data))
        )
    }

    /// After an act: the browser fetches the next page, so that reload repeats nothing.
    package static func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
    }
}
