import Database
import Foundation
import Office
import Records
import Sealing

/// A document on its way into the register.
struct NewDocument: Sendable {
    var id = UUID.v7()
    var caseFileID: UUID
    var direction: Direction
    var means: ArrivalMeans
    var title: String
    var partyID: UUID?
    var partyName: String
    var senderNumber = ""
    var cameAt: Date
    var registeredBy: String
    var isPaper = false
    var sheets = 0
    var enclosures = ""
    var answers = ""
    /// Besides the names and numbers of the document itself.
    var searched: [String] = []
}

/// The numbers that a document got.
struct Registered: Sendable, Equatable {
    let id: UUID
    let year: Int
    let number: Int
    let referenceNumber: String
    let identifier: String
}

/// Every statement about the register: its counters, its documents and their components.
enum RegisterStore {
    /// The next number of the year; the row stays locked until this transaction ends, so no number is lost.
    static func next(_ kind: StaticString, of year: Int, in tenant: TenantTransaction) async throws -> Int {
        let number = try await tenant.first(
            """
            insert into tenant.counters as c (kind, year, last) values (\("\(kind)"), \(year), 1)
            on conflict (kind, year) do update set last = c.last + 1
            returning last
            """
        ) { row in try row["last"] as Int }
        guard let number else { throw DatabaseError.conflict(expected: 1, actual: 0) }
        return number
    }

    /// The numbers of a new document and, where asked, of the case file that it opens.
    static func numbers(
        year: Int,
        opensCase: Bool,
        in tenant: TenantTransaction
    ) async throws -> (document: Int, caseFile: Int?) {
        let caseFile = opensCase ? try await next("case", of: year, in: tenant) : nil
        return (try await next("register", of: year, in: tenant), caseFile)
    }

    /// Queues the document's row; its number was taken in the same transaction.
    static func add(
        _ new: NewDocument,
        as numbers: Registered,
        caseReference: String,
        in tenant: TenantTransaction
    ) {
        let preceding = numbers.number == 1 ? nil : numbers.number - 1
        let words = searchable(
            [
                numbers.referenceNumber, caseReference, numbers.identifier, new.title, new.partyName,
                new.senderNumber, new.enclosures,
            ] + new.searched
        )
        tenant.run(
            """
            insert into tenant.documents (id, case_file_id, year, number, preceding, identifier, reference_number,
                direction, means, title, party_id, party_name, sender_number, came_at, registered_by, is_paper,
                sheets, enclosures, answers, searched)
            values (\(new.id), \(new.caseFileID), \(numbers.year), \(numbers.number), \(preceding),
                \(numbers.identifier), \(numbers.referenceNumber), \(new.direction), \(new.means), \(new.title),
                \(new.partyID), \(new.partyName), \(new.senderNumber), \(new.cameAt), \(new.registeredBy),
                \(new.isPaper), \(new.sheets), \(new.enclosures), \(new.answers),
                to_tsvector('simple', \(words)))
            """
        )
    }

    static func addFile(
        _ file: AttachedFile,
        _ kind: Component.Kind,
        ordinal: Int,
        to document: UUID,
        in tenant: TenantTransaction
    ) throws {
        guard let digest = Digest(hex: file.digest) else {
            throw FilingRefusal.wrong(field: "file", "Soubor \(file.name) nemá platný otisk.")
        }
        tenant.run(
            """
            insert into tenant.components (id, document_id, ordinal, kind, digest, name, media_type, bytes)
            values (\(UUID.v7()), \(document), \(ordinal), \(kind), \(digest), \(file.name), \(file.mediaType),
                \(file.bytes))
            """
        )
    }

    static func fileCount(of document: UUID, in tenant: TenantTransaction) async throws -> Int {
        try await tenant.first(
            "select count(*) as n from tenant.components where document_id = \(document)"
        ) { row in try row["n"] as Int } ?? 0
    }

    // Lists

    /// A page of the register, newest first; one row more than shown tells whether there is a next page.
    static func page(
        after place: RegisterPlace?,
        direction: Direction?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [RegisterLine] {
        try await tenant.rows(
            """
            select year, number, reference_number, direction, means, title, party_name, came_at, case_file_id,
                case_reference, state
            from tenant.register_lines
            where (year, number) < (\(place?.year ?? 10_000)::int, \(place?.number ?? 1)::int)
                and (\(direction)::text is null or direction = \(direction)::text)
            order by year desc, number desc limit \(rowsMax)
            """,
            RegisterLine.init
        )
    }

    /// Documents that hold every word of the query, as a beginning of a word, whatever their diacritics.
    static func search(
        _ query: String,
        after place: RegisterPlace?,
        direction: Direction?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [RegisterLine] {
        try await tenant.rows(
            """
            with found as materialized (
                select d.id from tenant.documents d
                where d.searched @@ to_tsquery('simple', \(query))
                    and (d.year, d.number) < (\(place?.year ?? 10_000)::int, \(place?.number ?? 1)::int)
                    and (\(direction)::text is null or d.direction = \(direction)::text)
                order by d.year desc, d.number desc limit \(rowsMax)
            )
            select l.year, l.number, l.reference_number, l.direction, l.means, l.title, l.party_name, l.came_at,
                l.case_file_id, l.case_reference, l.state
            from found f join tenant.register_lines l on l.id = f.id
            order by l.year desc, l.number desc
            """,
            RegisterLine.init
        )
    }

    static func documents(of caseFile: UUID, in tenant: TenantTransaction) async throws -> [Document] {
        try await tenant.rows(
            """
            select id, case_file_id, year, number, identifier, reference_number, direction, means, title,
                party_name, sender_number, came_at, registered_at, registered_by, is_paper, sheets, enclosures
            from tenant.documents where case_file_id = \(caseFile) order by year, number limit 500
            """,
            Document.init
        )
    }

    static func components(of caseFile: UUID, in tenant: TenantTransaction) async throws -> [Component] {
        try await tenant.rows(
            """
            select c.id, c.document_id, c.kind, c.digest, c.name, c.media_type, c.bytes
            from tenant.documents d join tenant.components c on c.document_id = d.id
            where d.case_file_id = \(caseFile) order by d.year, d.number, c.ordinal limit 2000
            """,
            Component.init
        )
    }

    static func component(_ id: UUID, in tenant: TenantTransaction) async throws -> Component? {
        try await tenant.first(
            """
            select id, document_id, kind, digest, name, media_type, bytes from tenant.components
            where id = \(id)
            """,
            Component.init
        )
    }

    /// The last number of the year, 0 when the register of the year is empty.
    static func last(of year: Int, in tenant: TenantTransaction) async throws -> Int {
        try await tenant.first(
            "select last from tenant.counters where kind = 'register' and year = \(year)"
        ) { row in try row["last"] as Int } ?? 0
    }

    /// The digests that some row names, which the collector of files must leave.
    static func digests(after digest: [UInt8], rowsMax: Int, in tenant: TenantTransaction) async throws
        -> [Digest]
    {
        try await tenant.rows(
            """
            select distinct digest from tenant.components where digest > \(digest) order by digest limit \(rowsMax)
            """
        ) { row in try row["digest"] }
    }
}

extension RegisterLine {
    fileprivate init(row: Row) throws {
        self.init(
            year: try row["year"],
            number: try row["number"],
            referenceNumber: try row["reference_number"],
            direction: try row["direction"],
            means: try row["means"],
            title: try row["title"],
            partyName: try row["party_name"],
            cameAt: try row["came_at"],
            caseFileID: try row["case_file_id"],
            caseReference: try row["case_reference"],
            state: try row["state"]
        )
    }
}

extension Document {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"],
            caseFileID: try row["case_file_id"],
            year: try row["year"],
            number: try row["number"],
            identifier: try row["identifier"],
            referenceNumber: try row["reference_number"],
            direction: try row["direction"],
            means: try row["means"],
            title: try row["title"],
            partyName: try row["party_name"],
            senderNumber: try row["sender_number"],
            cameAt: try row["came_at"],
            registeredAt: try row["registered_at"],
            registeredBy: try row["registered_by"],
            isPaper: try row["is_paper"],
            sheets: try row["sheets"],
            enclosures: try row["enclosures"]
        )
    }
}

extension Component {
    fileprivate init(row: Row) throws {
        let digest: Digest = try row["digest"]
        self.init(
            id: try row["id"],
            documentID: try row["document_id"],
            kind: try row["kind"],
            file: AttachedFile(
                digest: digest.hex,
                name: try row["name"],
                mediaType: try row["media_type"],
                bytes: try row["bytes"]
            )
        )
    }
}
