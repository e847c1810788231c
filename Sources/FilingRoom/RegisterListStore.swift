import Database
import Foundation
import Office

/// Which documents of the register a page shows.
struct RegisterFilter: Sendable, Equatable {
    var direction: String?
    var year: Int?
}

/// Which case files a page shows.
enum CaseFilter: Sendable, Equatable {
    case open, unassigned, unconfirmed, toClose, closed
    case desk(UUID)
    case regime(Regime)
}

/// Where the next page of case files begins: behind this day and file.
struct CasePlace: Sendable, Equatable {
    /// Nil for files without a term, which stand last.
    let day: Day?
    let id: UUID
}

/// Every list that clerks page through: what is read goes by an index in the order in which it is shown.
enum RegisterListStore {
    // Documents

    /// The register, newest first, after the number `before` of its year.
    ///
    /// `seesFees` false leaves of a tax file only its number (§ 52 of act 280/2009).
    static func register(
        _ filter: RegisterFilter,
        before: (year: Int, number: Int)?,
        seesFees: Bool,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) -> Answer<RegisterLine> {
        tenant.later(
            registerQuery(filter, before: before, seesFees: seesFees, rowsMax: rowsMax),
            RegisterLine.init
        )
    }

    /// Reads the index of numbers backwards, so it touches no more documents than it shows.
    static func registerQuery(
        _ filter: RegisterFilter,
        before: (year: Int, number: Int)?,
        seesFees: Bool,
        rowsMax: Int
    ) -> SQL {
        let year = before?.year ?? 9999
        let number = before?.number ?? 0
        let lines = lineColumns(seesFees: seesFees)
        var query: SQL = "select \(lines) where (d.year, d.number) < (\(year)::int, \(number)::int)"
        // As literals, so that each direction is read by the index that holds nothing else.
        switch filter.direction {
        case "incoming": query = query + " and d.direction = 'incoming'"
        case "outgoing": query = query + " and d.direction = 'outgoing'"
        default: break
        }
        if let year = filter.year { query = query + " and d.year = \(year)" }
        return query + " order by d.year desc, d.number desc limit \(rowsMax)"
    }

    /// The document with the number that was asked for, of each year that has it.
    static func numbered(_ number: NumberQuery, seesFees: Bool, in tenant: TenantTransaction) async throws
        -> [RegisterLine]
    {
        try await tenant.rows(
            """
            select \(lineColumns(seesFees: seesFees)) where d.number = \(number.number)
                and (\(number.year)::int is null or d.year = \(number.year)::int)
                and (\(number.abbreviation)::text is null
                    or lower(d.reference_number) like \(number.abbreviation)::text || ' %')
                and (\(seesFees) or not d.is_secret)
            order by d.year desc limit 10
            """,
            RegisterLine.init
        )
    }

    /// Documents whose words begin with those of the query, newest first, after the number `before` of its year.
    static func search(
        _ query: String,
        before: (year: Int, number: Int)? = nil,
        seesFees: Bool,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [RegisterLine] {
        try await tenant.rows(
            searchQuery(query, before: before, seesFees: seesFees, rowsMax: rowsMax),
            RegisterLine.init
        )
    }

    /// What is found by the index of words is numbered first; only what is shown is looked up.
    static func searchQuery(
        _ query: String,
        before: (year: Int, number: Int)?,
        seesFees: Bool,
        rowsMax: Int
    ) -> SQL {
        let year = before?.year ?? 9999
        let number = before?.number ?? 0
        return """
            with found as materialized (
                select id from (
                    select f.id, f.year, f.number from tenant.documents f
                    where f.searched @@ to_tsquery('simple', \(query)) and (\(seesFees) or not f.is_secret)
                    offset 0
                ) numbered
                where (year, number) < (\(year)::int, \(number)::int)
                order by year desc, number desc limit \(rowsMax)
            )
            select \(lineColumns(seesFees: seesFees)) join found on found.id = d.id
            order by d.year desc, d.number desc
            """
    }

    /// Documents of one person of the name register, newest first.
    static func documents(
        of person: UUID,
        seesFees: Bool,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [RegisterLine] {
        try await tenant.rows(
            """
            select \(lineColumns(seesFees: seesFees)) where d.sender_id = \(person)
                and (\(seesFees) or not d.is_secret)
            order by d.year desc, d.number desc limit \(rowsMax)
            """,
            RegisterLine.init
        )
    }

    private static func lineColumns(seesFees: Bool) -> SQL {
        """
        d.case_file_id, d.year, d.number, d.reference_number, d.direction, d.channel, d.received_at,
        d.kind, f.settled_on is not null as is_settled, d.cancelled_on is not null as is_cancelled, d.is_secret and not \(seesFees) as is_hidden,
        case when d.is_secret and not \(seesFees) then '' else d.subject end as subject,
        case when d.is_secret and not \(seesFees) then '' else coalesce(s.name, (
            select a.name from tenant.documents i join tenant.senders a on a.id = i.sender_id
            where d.direction = 'outgoing' and i.case_file_id = d.case_file_id
            order by i.year, i.number limit 1
        )) end as sender
        from tenant.documents d
        join tenant.case_files f on f.id = d.case_file_id
        left join tenant.senders s on s.id = d.sender_id
        """
    }

    // Case files

    /// Those due first; a page after `after`.
    static func cases(
        _ filter: CaseFilter,
        after: CasePlace?,
        seesFees: Bool,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [CaseFile] {
        try await tenant.rows(
            casesQuery(filter, after: after, seesFees: seesFees, rowsMax: rowsMax),
            CaseFile.init
        )
    }

    static func casesQuery(_ filter: CaseFilter, after: CasePlace?, seesFees: Bool, rowsMax: Int) -> SQL {
        let key: SQL =
            switch filter {
            // Never infinity; the index is on the expression, whose numbers Postgres knows.
            case .unconfirmed: "coalesce(f.confirm_by, date 'infinity')"
            case .toClose: "f.settled_on"
            case .closed: "f.closed_on"
            default: "coalesce(f.due_on, date 'infinity')"
            }
        let condition: SQL =
            switch filter {
            case .open: "f.settled_on is null"
            case .unassigned: "f.settled_on is null and f.assignee is null"
            case .desk(let clerk): "f.settled_on is null and f.assignee = \(clerk)"
            case .regime(let regime): "f.settled_on is null and f.regime = \(regime)"
            case .unconfirmed:
                "f.settled_on is null and f.confirm_by is not null and f.confirmed_by is null"
            case .toClose: "f.settled_on is not null and f.closed_on is null"
            case .closed: "f.closed_on is not null"
            }
        var query: SQL = "select \(FilingStore.caseColumns) from tenant.case_files f where \(condition)"
        if !seesFees { query = query + " and f.regime <> 'tax'" }
        // Those that are closed stand newest first.
        let isBackwards = filter == .closed
        if let after {
            let beyond: SQL = isBackwards ? "<" : ">"
            query =
                query
                + " and (\(key), f.id) \(beyond) (coalesce(\(after.day)::date, 'infinity'), \(after.id)::uuid)"
        }
        let order: SQL = isBackwards ? "\(key) desc, f.id desc" : "\(key), f.id"
        return query + " order by \(order) limit \(rowsMax)"
    }

    /// What the office's own documents in these case files wait for.
    ///
    /// Without a case file nothing is asked: the office may have no filing room.
    static func letters(of cases: [UUID], in tenant: TenantTransaction) async throws -> [UUID: LetterSum] {
        guard !cases.isEmpty else { return [:] }
        let hanging = try await PostingStore.hanging(of: cases, in: tenant)
        let told = ReplyKind.allCases.filter { $0 != .referral && $0.isOrdinary(under: .other) }.map(
            \.rawValue
        )
        .joined(separator: " ")
        let unproven = DispatchMeans.unproven.map(\.rawValue).joined(separator: " ")
        let resolved = Regime.allCases.filter { ReferralAct(under: $0) == .resolution }.map(\.rawValue)
            .joined(separator: " ")
        let sums = try await tenant.rows(
            """
            select case_file_id, count(*) filter (where awaits) as undispatched,
                count(*) filter (where is_sent and delivered_on is null and not is_told) as undelivered,
                count(*) filter (where delivered_on is not null or is_sent and is_told) as delivered,
                max(delivered_on) filter (where is_decision) as decided,
                min(issued_on) filter (where kind = 'decision') as issued
            from (
                select d.case_file_id, d.delivered_on, d.kind,
                    coalesce(d.issued_on, d.dispatched_on) as issued_on,
                    d.cancelled_on is null and d.abandoned_on is null
                        and (d.dispatched_on is null or d.returned_on is not null) as awaits,
                    d.dispatched_on is not null and d.returned_on is null as is_sent,
                    d.dispatched_by = any (string_to_array(\(unproven), ' '))
                        and (d.kind = any (string_to_array(\(told), ' '))
                            or d.kind = 'referral' and not is_resolved) as is_told,
                    d.final_on is null and (d.kind = 'decision' or d.kind = 'resolution' and f.regime <> 'tax'
                        or d.kind = 'referral' and is_resolved) as is_decision
                from tenant.documents d join tenant.case_files f on f.id = d.case_file_id,
                    lateral (select f.regime = any (string_to_array(\(resolved), ' ')) as is_resolved) r
                where d.case_file_id = any (\(cases)::uuid[]) and d.direction = 'outgoing'
            ) letters
            group by case_file_id
            """
        ) { row in
            (
                id: try row["case_file_id"] as UUID,
                sum: LetterSum(
                    undispatched: try row["undispatched"],
                    undelivered: try row["undelivered"],
                    delivered: try row["delivered"],
                    decided: try row["decided"],
                    issued: try row["issued"]
                )
            )
        }
        var letters = Dictionary(sums.map { ($0.id, $0.sum) }, uniquingKeysWith: { $1 })
        for id in hanging { letters[id, default: LetterSum()].hangs = true }
        return letters
    }

    // The name register

    /// Persons whose name or number begins so; those known from tax files alone are left to who may know of them.
    static func persons(_ query: String, seesFees: Bool, rowsMax: Int, in tenant: TenantTransaction)
        async throws -> [Person]
    {
        try await tenant.rows(
            """
            select \(personColumns) from tenant.senders s
            where s.searched @@ to_tsquery('simple', \(query)) and (\(seesFees) or \(isPublic))
            order by s.name collate "cs-CZ-x-icu", s.id limit \(rowsMax)
            """,
            Person.init
        )
    }

    static func person(_ id: UUID, seesFees: Bool, in tenant: TenantTransaction) async throws -> Person? {
        try await tenant.first(
            "select \(personColumns) from tenant.senders s where s.id = \(id) and (\(seesFees) or \(isPublic))",
            Person.init
        )
    }

    private static let isPublic: SQL =
        "exists (select from tenant.documents d where d.sender_id = s.id and not d.is_secret)"

    private static let personColumns: SQL = """
        s.id, s.kind, s.name, s.birth_date, s.ico, s.address, s.email, s.phone, s.data_box
        """
}

/// Somebody of the name register (§ 64(4) of act 499/2004).
struct Person: Sendable {
    let id: UUID
    let kind: String
    let name: String
    let birthDate: Day?
    let ico: String?
    let address: String
    let email: String
    let phone: String
    let dataBox: String
}

extension Person {
    init(row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        name = try row["name"]
        birthDate = try row["birth_date"]
        ico = try row["ico"]
        address = try row["address"]
        email = try row["email"]
        phone = try row["phone"]
        dataBox = try row["data_box"]
    }
}
