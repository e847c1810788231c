package import Database
package import Office

/// Every statement about the services of the catalogue and the versions of their rules.
package enum CatalogueStore {
    /// All versions, in the order in which people read the names.
    package static func services(in region: RegionTransaction) async throws -> [PublicService] {
        try await region.rows(
            """
            select code, name, level, criteria, regime, confirmation, law, term, fee, note, exception,
                is_verified or checked_on is not null as is_verified, valid_from, change, words
            from region.services order by name collate "cs-CZ-x-icu", code
            """,
            PublicService.init
        )
    }

    /// Who compared a version with its act, and when; nil while nobody did.
    static func check(of code: String, validFrom: Day, in region: RegionTransaction) async throws
        -> (on: Day, by: String)?
    {
        try await region.first(
            """
            select checked_on, checked_by from region.services
            where code = \(code) and valid_from = \(validFrom) and checked_on is not null
            """
        ) { row in (on: try row["checked_on"], by: try row["checked_by"]) }
    }

    /// Notes that somebody compared the version with its act; or takes the note back.
    static func note(
        check: (on: Day, by: String)?,
        of code: String,
        validFrom: Day,
        in region: RegionTransaction
    ) {
        region.require(
            1,
            """
            update region.services set checked_on = \(check?.on), checked_by = \(check?.by)
            where code = \(code) and valid_from = \(validFrom)
            """
        )
    }

    /// Filled by the migrator from RegionData: what is there is the catalogue, all of it.
    ///
    /// A version whose rule was rewritten has not been checked by anybody.
    package static func fill(_ services: [PublicService], on migrator: AdminConnection) async throws {
        try await migrator.change(
            """
            delete from region.services s where not exists (
                select from unnest(
                    \(services.map(\.code))::text[], \(services.map(\.validFrom.description))::text[]
                ) as t (code, valid_from)
                where t.code = s.code and t.valid_from::date = s.valid_from
            )
            """
        )
        for service in services {
            try await migrator.change(
                """
                insert into region.services as s (code, name, level, criteria, regime, confirmation, law, term,
                    fee, note, exception, is_verified, valid_from, change, words)
                values (\(service.code), \(service.name), \(service.level),
                    \(service.criteria.map(\.rawValue)), \(service.regime), \(service.confirmation),
                    \(service.law), \(service.term), \(service.fee), \(service.note), \(service.exception),
                    \(service.isVerified), \(service.validFrom), \(service.change), \(service.words))
                on conflict (code, valid_from) do update set
                    name = excluded.name, level = excluded.level, criteria = excluded.criteria,
                    regime = excluded.regime, confirmation = excluded.confirmation, law = excluded.law,
                    term = excluded.term, fee = excluded.fee, note = excluded.note,
                    exception = excluded.exception, is_verified = excluded.is_verified,
                    change = excluded.change, words = excluded.words,
                    checked_on = case when (s.level, s.criteria, s.regime, s.confirmation, s.law, s.exception)
                        is distinct from (excluded.level, excluded.criteria, excluded.regime,
                            excluded.confirmation, excluded.law, excluded.exception)
                        then null else s.checked_on end,
                    checked_by = case when (s.level, s.criteria, s.regime, s.confirmation, s.law, s.exception)
                        is distinct from (excluded.level, excluded.criteria, excluded.regime,
                            excluded.confirmation, excluded.law, excluded.exception)
                        then null else s.checked_by end
                """
            )
        }
    }
}

extension PublicService {
    init(row: Row) throws {
        self.init(
            code: try row["code"],
            name: try row["name"],
            level: try row["level"],
            criteria: try (row["criteria"] as [String]).compactMap(TerritorialCriterion.init),
            regime: try row["regime"],
            confirmation: try row["confirmation"],
            law: try row["law"],
            term: try row["term"],
            fee: try row["fee"],
            note: try row["note"],
            exception: try row["exception"],
            isVerified: try row["is_verified"],
            validFrom: try row["valid_from"],
            change: try row["change"],
            words: try row["words"]
        )
    }
}
