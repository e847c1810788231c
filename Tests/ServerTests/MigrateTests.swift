import Database
import Foundation
import Support
import Testing

/// `epom migrate` over a fleet that is served meanwhile.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `Migrating the fleet` {
    private static let built = Task { try await House.demo("migrate") }
    private let late = "m_564079"

    /// The program's files, with migrations that a test may change.
    private func home(_ name: String, of house: House) throws -> URL {
        let home = house.data.appending(path: name)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        for name in ["RegionData", "TenantTemplates", "Sources"] {
            try FileManager.default.createSymbolicLink(
                at: home.appending(path: name),
                withDestinationURL: TestCell.root.appending(path: name)
            )
        }
        try FileManager.default.copyItem(
            at: TestCell.root.appending(path: "Migrations"),
            to: home.appending(path: "Migrations")
        )
        return home
    }

    /// With one more migration, which fails for one office until a mark is set.
    private func newer(_ house: House) throws -> URL {
        let home = try home("newer", of: house)
        let folder = home.appending(path: "Migrations/tenant/NoticeBoard")
        let head = try String(contentsOf: folder.appending(path: "HEAD"), encoding: .utf8)
        let number = (Int(head.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) + 1
        try """
        alter table tenant.notices add column zkouska text;
        do $trial$ begin
            if ':schema' = '\(late)' and not exists (select from cell.data_files where name = 'zkouska') then
                raise exception 'not yet';
            end if;
        end $trial$;

        """.write(to: folder.appending(path: "000\(number)-trial.sql"), atomically: true, encoding: .utf8)
        try "\(number)\n".write(to: folder.appending(path: "HEAD"), atomically: true, encoding: .utf8)
        return home
    }

    private func columns(_ house: House) async throws -> Int {
        try await house.count(
            "select count(*) as n from information_schema.columns where column_name = 'zkouska'"
        )
    }

    @Test func `nothing to do is said by nothing`() async throws {
        let house = try await Self.built.value
        let outcome = try await house.epom("migrate")
        #expect(outcome.code == 0)
        #expect(outcome.said == "")
    }

    @Test func `an office that is behind says so while the others work, and the rest is done later`()
        async throws
    {
        let house = try await Self.built.value
        let home = try newer(house)
        let hosts = try ["546607", "546631", "564079"].map(house.host)
        // A newer server before its migration: every office is behind, the region is not.
        try await house.end()
        try await house.serve(home: home)
        #expect(await house.ask("/").status == 200)
        for host in hosts {
            let answer = await house.ask("/uredni-deska", host: host)
            #expect(answer.status == 503)
            #expect(answer.body.contains("právě aktualizuje"), "\(answer.body)")
            #expect(answer.header("Retry-After") != nil)
        }
        let failed = try await house.epom("migrate", home: home)
        #expect(failed.code == 1)
        #expect(failed.said.contains(late) && failed.said.contains("not yet"), "\(failed.said)")
        #expect(failed.said.contains("the others work"))
        #expect(try await columns(house) == 5, "all but one")
        for host in hosts.dropLast() {
            try await eventually("\(host) does not come back") {
                await house.ask("/uredni-deska", host: host).status == 200 ? true : nil
            }
        }
        #expect(await house.ask("/uredni-deska", host: hosts[2]).status == 503)

        try await house.owner().execute("insert into cell.data_files (name, digest) values ('zkouska', '')")
        let resumed = try await house.epom("migrate", home: home)
        #expect(resumed.code == 0, "\(resumed.said)")
        #expect(try await columns(house) == 6)
        try await eventually("the last one does not come back") {
            await house.ask("/uredni-deska", host: hosts[2]).status == 200 ? true : nil
        }
        #expect(try await house.epom("migrate", home: home).said == "")
    }

    /// What the server may do is brought along without a new file, once, and not by a file that makes nothing.
    @Test func `changed grants alone reach every office`() async throws {
        let house = try await Self.built.value
        let home = try home("granted", of: house)
        let file = home.appending(path: "Migrations/tenant/Forms/grants.sql")
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "grant delete on tenant.form_switches to :role;\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let granted = """
            select count(*) as n from information_schema.role_table_grants
            where table_name = 'form_switches' and privilege_type = 'DELETE' and grantee ~ '^[mk]_'
            """ as SQL
        #expect(try await house.count(granted) == 0)
        let outcome = try await house.epom("migrate", home: home)
        #expect(outcome.code == 0, "\(outcome.said)")
        #expect(try await house.count(granted) == 6)
        #expect(try await house.epom("migrate", home: home).said == "")
    }

    @Test func `an applied file that was edited stops everything`() async throws {
        let house = try await Self.built.value
        let home = try home("edited", of: house)
        let file = home.appending(path: "Migrations/tenant/Forms/0001-forms.sql")
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "-- a word more\n").write(to: file, atomically: true, encoding: .utf8)
        let before = try await house.count("select count(*) as n from cell.migrations")
        let outcome = try await house.epom("migrate", home: home)
        #expect(outcome.code == 1)
        #expect(outcome.said.contains("tenant/Forms 1 was edited"), "\(outcome.said)")
        #expect(try await house.count("select count(*) as n from cell.migrations") == before)
    }
}
