import Database
import Foundation
import Testing

/// What an office's database role reaches when somebody gets past all of the program.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `An office's role` {
    private static let denied = ["permission denied", "must be", "row-level security"]

    /// As the login that the server has, in the role of the other office.
    private func attempt(_ text: String, _ there: Neighbours) async throws -> Program.Outcome {
        try await there.house.attempt(as: "epom_app_00", "set role \(there.other.schema);\n\(text)")
    }

    @Test func `reads and writes nothing of another office, of the region, or of the cluster`() async throws {
        let there = try await Neighbours.shared.value
        let one = there.one.schema
        let tables = try await there.house.psql(
            as: "epom_root",
            "select relname from pg_class where relnamespace = '\(one)'::regnamespace and relkind = 'r'"
        ).split(separator: "\n").map(String.init)
        #expect(tables.count > 20)
        var statements = tables.flatMap { table in
            [
                "select 1 from \(one).\(table) limit 1", "insert into \(one).\(table) default values",
                "delete from \(one).\(table)",
            ]
        }
        statements += [
            "select \(one).record('x', 'x', gen_random_uuid(), 'x')",
            "select \(one).require_permission(gen_random_uuid(), 'x')",
            "select 1 from region.users", "select 1 from region.sessions", "select 1 from region.submissions",
            "select 1 from region.form_drafts", "select 1 from region.letters",
            "select 1 from region.webhooks",
            "select 1 from cell.tenants", "select 1 from cell.logins", "select 1 from relay.outbox",
            "update relay.outbox set recipient = 'region'", "delete from relay.outbox",
            "update codes.role_permissions set permission = 'x'",
            "insert into codes.role_permissions values ('a', 'b')",
            "select 1 from pg_authid", "select 1 from pg_shadow", "select 1 from pg_user_mapping",
            "select pg_read_file('/etc/passwd')", "select pg_ls_dir('.')",
            "copy (select 1) to program 'true'",
            "copy (select 1) to '/tmp/x'", "create schema mine", "create table public.mine (a int)",
            "create table \(there.other.schema).mine (a int)", "create temp table mine (a int)",
            "create role mine", "alter role \(there.other.schema) superuser",
            "grant \(one) to \(there.other.schema)",
            "alter table \(there.other.schema).office add column mine text",
            "drop table \(there.other.schema).office",
            "truncate \(there.other.schema).log_entries", "delete from \(there.other.schema).log_entries",
            "update \(there.other.schema).log_entries set detail = ''",
            "update \(there.other.schema).documents set number = 1",
            "delete from \(there.other.schema).entries",
            "update \(there.other.schema).entry_lines set debit = 0",
            "select pg_reload_conf()", "select lo_import('/etc/passwd')",
            "set session authorization epom_root",
            "create function f() returns int language sql as 'select 1'",
        ]
        // One psql tells of all: each refusal is a notice, each success an error.
        let tries = statements.map { statement in
            """
            do $try$ begin
                begin
                    execute $it$\(statement)$it$;
                    raise exception 'reached';
                exception when insufficient_privilege or undefined_table or invalid_schema_name
                    or undefined_function or feature_not_supported or active_sql_transaction then null;
                end;
            exception when others then raise warning '%: %', $it$\(statement)$it$, sqlerrm;
            end $try$;
            """
        }
        let outcome = try await attempt(tries.joined(separator: "\n"), there)
        let warnings = outcome.said.components(separatedBy: "\n").filter { $0.contains("WARNING") }
        #expect(outcome.code == 0 && warnings.isEmpty, "\(outcome.said)")
        // The office's own is reached by the same way, so that the silence above says something.
        let own = try await attempt("select name from \(there.other.schema).office", there)
        #expect(own.code == 0 && own.said.contains("Dětřichov"), "\(own.said)")
    }

    @Test func `becomes nobody with more rights`() async throws {
        let there = try await Neighbours.shared.value
        for role in [
            "epom_owner", "epom_admin", "epom_migrator", "epom_region", "epom_relay", "epom_root", "postgres",
        ] {
            let outcome = try await attempt("reset role; set role \(role)", there)
            #expect(outcome.code != 0, "\(role)")
        }
        // The login by itself, as after a forgotten guard, reaches no office at all.
        for schema in [there.one.schema, there.other.schema] {
            let outcome = try await there.house.attempt(as: "epom_app_00", "select 1 from \(schema).office")
            #expect(outcome.code != 0 && outcome.said.contains("permission denied"), "\(outcome.said)")
        }
        // Neither the region's login nor the relay's is one of any office.
        for login in ["epom_region", "epom_relay"] {
            let outcome = try await there.house.attempt(as: login, "set role \(there.one.schema)")
            #expect(
                outcome.code != 0 && outcome.said.contains("permission denied"),
                "\(login): \(outcome.said)"
            )
        }
    }

    @Test func `sees no values and no statements of others in the catalogues`() async throws {
        let there = try await Neighbours.shared.value
        _ = try await there.house.psql(as: "epom_root", "analyze")
        let said = try await attempt(
            """
            select count(*) from pg_stats where schemaname not in ('pg_catalog', 'information_schema', 'codes')
                and schemaname <> '\(there.other.schema)';
            select count(*) from pg_stat_activity where usename <> session_user and query not like '<insufficient%';
            select count(*) from information_schema.columns where table_schema = '\(there.one.schema)';
            select count(*) from pg_largeobject_metadata;
            """,
            there
        )
        #expect(said.code == 0 && said.said.split(separator: "\n") == ["0", "0", "0", "0"], "\(said.said)")
    }
}
