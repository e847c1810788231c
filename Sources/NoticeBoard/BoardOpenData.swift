import Foundation
import Office

/// The board as open data: OFN Úřední desky, version of 2021-07-20 (https://ofn.gov.cz/úřední-desky/2021-07-20/).
struct BoardOpenData: Encodable {
    private enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type = "typ"
        case iri
        case page = "stránka"
        case provider = "provozovatel"
        case information = "informace"
    }

    struct Provider: Encodable {
        private enum CodingKeys: String, CodingKey {
            case type = "typ"
            case ico = "ičo"
        }
        let type = "Osoba"
        let ico: String
    }

    struct Text: Encodable { let cs: String }

    struct Moment: Encodable {
        private enum CodingKeys: String, CodingKey {
            case type = "typ"
            case date = "datum"
            case isUnspecified = "nespecifikovaný"
        }
        let type = "Časový okamžik"
        let date: String?
        let isUnspecified: Bool?

        /// Nil: nobody can say yet.
        init(_ day: Day?) {
            date = day?.description
            isUnspecified = day == nil ? true : nil
        }
    }

    struct Document: Encodable {
        private enum CodingKeys: String, CodingKey {
            case type = "typ"
            case name = "název"
            case url
        }
        let type = "Digitální objekt"
        let name: Text
        let url: String
    }

    struct Information: Encodable {
        private enum CodingKeys: String, CodingKey {
            case type = "typ"
            case iri, url
            case name = "název"
            case referenceNumber = "číslo_jednací"
            case posted = "vyvěšení"
            case relevantUntil = "relevantní_do"
            case documents = "dokument"
        }
        let type = ["Digitální objekt", "Informace na úřední desce"]
        let iri: String
        let url: String
        let name: Text
        let referenceNumber: String?
        let posted: Moment
        let relevantUntil: Moment
        let documents: [Document]?
    }

    let context = "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld"
    let type = "Úřední deska"
    let iri: String
    let page: String
    let provider: Provider
    let information: [Information]

    init(_ notices: [Notice], _ files: [UUID: [AttachedFile]], address: String, ico: String) {
        iri = "\(address)/uredni-deska.jsonld"
        page = "\(address)/uredni-deska"
        provider = Provider(ico: ico)
        information = notices.compactMap { notice in
            guard let posted = notice.posted else { return nil }
            let url = "\(address)/uredni-deska/\(notice.id.uuidString.lowercased())"
            let documents = (files[notice.id] ?? []).map {
                Document(name: Text(cs: $0.name), url: "\(url)/soubor/\($0.digest)")
            }
            return Information(
                iri: url,
                url: url,
                name: Text(cs: notice.title),
                referenceNumber: notice.referenceNumber.isEmpty ? nil : notice.referenceNumber,
                posted: Moment(posted),
                relevantUntil: Moment(notice.hangsUntil),
                documents: documents.isEmpty ? nil : documents
            )
        }
    }
}

/// The newest notices as Atom (RFC 4287), with the instants at which each was posted and the board changed last.
struct BoardFeed {
    let text: String

    init(_ notices: [Notice], changed: Date?, office: String, address: String) {
        let page = "\(address)/uredni-deska"
        let newest = notices.compactMap { $0.postedAt ?? $0.posted?.start }.max()
        let updated = (changed ?? newest ?? Date(timeIntervalSince1970: 0)).instant
        let entries = notices.prefix(50).map { notice -> String in
            let url = "\(page)/\(notice.id.uuidString.lowercased())"
            let posted = (notice.postedAt ?? notice.posted?.start)?.instant ?? updated
            return """
                <entry><title>\(Self.escaped(notice.title))</title><id>\(url)</id><link href="\(url)"/>\
                <published>\(posted)</published><updated>\(posted)</updated>\
                <category term="\(notice.kind.slug)" label="\(notice.kind.czech)"/>\
                <summary>\(Self.escaped(Self.summary(notice)))</summary></entry>
                """
        }
        text = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="cs"><title>Úřední deska – \(Self.escaped(office))</title>\
            <id>\(page)</id><link href="\(page)"/><link rel="self" href="\(page).atom"/><updated>\(updated)</updated>\
            <author><name>\(Self.escaped(office))</name></author>
            \(entries.joined(separator: "\n"))
            </feed>

            """
    }

    private static func summary(_ notice: Notice) -> String {
        let until = notice.hangsUntil.map { "visí do \($0.czechShort)" } ?? "visí do nahrazení novějším"
        return "\(notice.kind.czech)\(notice.revises == nil ? "" : ", oprava"), \(until)"
    }

    /// What XML 1.0 cannot carry is left out.
    private static func escaped(_ text: String) -> String {
        let plain = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0xFFFE && $0.value != 0xFFFF }
            )
        )
        return plain.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension Date {
    /// RFC 3339, UTC, with fractions: within a second more than one thing may be posted.
    fileprivate var instant: String { ISO8601Format(.init(includingFractionalSeconds: true)) }
}
