/// Brings cell, region and offices to the state of the migration files, and makes new offices.
///
/// Region first, then one office as a canary, then the fleet with two workers; one transaction per office,
/// resumable, and a file that was changed after it was applied stops everything.
package struct Migrator: Sendable {
    package let plan: MigrationPlan
    private let connect: @Sendable () throws -> AdminConnection

    package init(plan: MigrationPlan, address: AdminConnection.Address) {
        self.plan = plan
        connect = { try AdminConnection(address) }
    }

    package enum Fault: Error, CustomStringConvertible {
        case editedFile(folder: String, number: Int)
        case unknownRoom(String)

        package var description: String {
            switch self {
            case .editedFile(let folder, let number):
                "\(folder) \(number) was edited after it was applied; add a new file instead"
            case .unknownRoom(let room): "there is no room \(room)"
            }
        }
    }

    package struct Progress: Sendable {
        package let done: Int
        package let total: Int
        package let what: String
    }

    /// Offices that could not be migrated, with the reason; the others are done.
    package struct Outcome: Sendable {
        package var migrated = 0
        package var failed: [(tenant: TenantName, why: String)] = []
    }

    /// The number under which the digest of `grants.sql` is kept; files begin with 1.
    private let grantsNumber = 0

    private struct Applied: Sendable {
        let schema: String
        let folder: String
        let number: Int
        let digest: String
    }

    // Cell and region

    package func migrateCellAndRegion(on connection: AdminConnection) async throws {
        let exists = try await connection.rows(
            "select to_regclass('cell.migrations') is not null as present"
        ) { row -> Bool in try row["present"] }
        var applied: [Applied] = []
        if exists.first == true { applied = try await readApplied(connection, of: ["cell", "region"]) }
        for (schema, folder) in [("cell", plan.cell)] + plan.region.map({ ("region", $0) }) {
            let known = applied.filter { $0.schema == schema && $0.folder == folder.path }
            guard let script = try script(for: folder, schema: schema, applied: known) else { continue }
            var message: Script = "begin;\nset local lock_timeout = '2s';\nset local role epom_owner;\n"
            message.append(script)
            message.append("commit")
            try await run(message, on: connection)
        }
    }

    // The fleet

    package func migrateFleet(
        on connection: AdminConnection,
        progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        let offices = try await connection.rows("select name, rooms from cell.tenants order by name") { row in
            (name: try row["name"] as TenantName, rooms: try row["rooms"] as [String])
        }
        let applied = Dictionary(grouping: try await readApplied(connection, of: nil), by: \.schema)
        var behind: [(TenantName, Script)] = []
        for office in offices {
            var whole: Script?
            for folder in plan.folders(rooms: office.rooms) {
                let known = applied[office.name.rawValue, default: []].filter { $0.folder == folder.path }
                guard let script = try script(for: folder, schema: office.name.rawValue, applied: known)
                else { continue }
                if whole == nil { whole = script } else { whole?.append(script) }
            }
            if let whole { behind.append((office.name, whole)) }
        }
        guard let canary = behind.first else { return Outcome() }
        try await apply(canary.1, with: connection)
        progress(Progress(done: 1, total: behind.count, what: canary.0.rawValue))
        let queue = WorkQueue(Array(behind.dropFirst()), total: behind.count)
        let outcome = try await withThrowingTaskGroup(of: [(TenantName, String)].self) { group in
            for number in 0..<min(2, behind.count - 1) {
                group.addTask {
                    let worker = number == 0 ? connection : try await owner()
                    var failed: [(TenantName, String)] = []
                    while let (name, script) = await queue.next() {
                        do { try await apply(script, with: worker) } catch {
                            failed.append((name, "\(error)"))
                        }
                        progress(await queue.done(name))
                    }
                    return failed
                }
            }
            var outcome = Outcome()
            for try await failed in group { outcome.failed += failed.map { ($0.0, $0.1) } }
            outcome.migrated = behind.count - outcome.failed.count
            return outcome
        }
        // Written through: with it all that the offices committed before is on the disk.
        try await connection.execute("select pg_catalog.pg_logical_emit_message(true, 'epom.migrated', '')")
        return outcome
    }

    /// One office in one transaction; a lock somebody holds is waited for briefly and often, never long.
    ///
    /// Its commit need not wait for the disk: what a crash took back would be behind, and be migrated again.
    private func apply(_ script: Script, with connection: AdminConnection) async throws {
        var message: Script = """
            begin;
            set local lock_timeout = '200ms';
            set local synchronous_commit = off;
            set local role epom_owner;

            """
        message.append(script)
        message.append("commit")
        var attempt = 1
        while true {
            do {
                return try await connection.execute(message)
            } catch {
                try await connection.execute("rollback")
                guard (error as? ServerError)?.sqlState == "55P03", attempt < 25 else { throw error }
                attempt += 1
                try await Task.sleep(for: .milliseconds(40 * attempt))
            }
        }
    }

    // A new office

    /// The one message that makes an office: schema, tables, grants and what `furnish` adds.
    ///
    /// The office exists entirely or not at all.
    package func creation(of tenant: TenantName, rooms: [String], furnish: (inout Script) throws -> Void)
        throws -> Script
    {
        for room in rooms where plan.tenant[room] == nil { throw Fault.unknownRoom(room) }
        let schema = tenant.rawValue
        var message: Script = "begin;\nset local lock_timeout = '5s';\nset local role epom_owner;\n"
        message.append("create schema %I", Script.Identifier(tenant))
        for folder in plan.folders(rooms: rooms) {
            if let script = try script(for: folder, schema: schema, applied: []) { message.append(script) }
        }
        message.insert(into: "cell.tenants", "name, rooms", rows: [[tenant, rooms]], schema: schema)
        try furnish(&message)
        message.append("commit")
        return message
    }

    /// The one message that gives an office further rooms: tables, grants and what `furnish` adds.
    package func addition(to tenant: TenantName, rooms: [String], furnish: (inout Script) throws -> Void)
        throws -> Script
    {
        let schema = tenant.rawValue
        var message: Script = "begin;\nset local lock_timeout = '5s';\nset local role epom_owner;\n"
        for room in rooms.sorted() {
            guard let folder = plan.tenant[room], room != "Base" else { throw Fault.unknownRoom(room) }
            if let script = try script(for: folder, schema: schema, applied: []) { message.append(script) }
        }
        message.append(
            statement: "update cell.tenants set rooms = rooms || \(rooms)::text[] where name = \(tenant)"
        )
        try furnish(&message)
        message.append("commit")
        return message
    }

    /// The one message that gives an office up, refused by `tenants_numbers_kept` once it has numbered anything.
    package func removal(of tenant: TenantName, furnish: (inout Script) -> Void) -> Script {
        let schema = Script.Identifier(tenant)
        var message: Script = "begin;\nset local lock_timeout = '5s';\nset local role epom_owner;\n"
        message.append(
            """
            do $$
            declare
                office text := '%I';
                kept record;
                used boolean;
            begin
                for kept in values
                    ('register_counters', 'true', 'tenants_numbers_kept'),
                    ('entry_counters', 'true', 'tenants_numbers_kept'),
                    ('notices', 'posted_on is not null', 'tenants_notices_kept')
                loop
                    continue when to_regclass(format('%I.%I', office, kept.column1)) is null;
                    execute format('lock table %I.%I', office, kept.column1);
                    execute format('select exists (select from %I.%I where %s)', office, kept.column1, kept.column2)
                        into used;
                    if used then
                        raise exception using errcode = 'restrict_violation', constraint = kept.column3,
                            message = 'the office has ' || kept.column1;
                    end if;
                end loop;
            end $$
            """,
            schema
        )
        message.append("drop schema %I cascade", schema)
        message.append(statement: "delete from cell.migrations where schema_name = \(tenant)")
        message.append(statement: "delete from cell.tenants where name = \(tenant)")
        furnish(&message)
        message.append("commit")
        return message
    }

    /// One message that begins and commits; what is refused leaves the connection clean.
    package func run(_ message: Script, on connection: AdminConnection) async throws {
        do {
            try await connection.execute(message)
        } catch {
            try? await connection.execute("rollback")
            throw error
        }
    }

    /// A connection that acts as the owner of everything.
    package func owner() async throws -> AdminConnection {
        let connection = try connect()
        try await connection.execute("set role epom_owner")
        return connection
    }

    // Files against what was applied

    private func readApplied(_ connection: AdminConnection, of schemas: [String]?) async throws -> [Applied] {
        try await connection.rows(
            """
            select schema_name, folder, number, digest from cell.migrations
            where \(schemas)::text[] is null or schema_name = any (\(schemas)::text[])
            """
        ) { row in
            Applied(
                schema: try row["schema_name"],
                folder: try row["folder"],
                number: try row["number"],
                digest: try row["digest"]
            )
        }
    }

    /// What the folder still asks of the schema; nil when nothing.
    private func script(for folder: MigrationFolder, schema: String, applied: [Applied]) throws -> Script? {
        let known = Dictionary(uniqueKeysWithValues: applied.map { ($0.number, $0.digest) })
        for file in folder.files {
            guard let digest = known[file.number] else { continue }
            guard digest == file.digest else {
                throw Fault.editedFile(folder: folder.path, number: file.number)
            }
        }
        let missing = folder.files.filter { known[$0.number] == nil }
        let grants = known[grantsNumber] != folder.grantsDigest || missing.contains(where: \.makesObjects)
        guard !missing.isEmpty || grants else { return nil }
        var script: Script = ""
        for file in missing { script.append(Script(migration: file.text, schema: schema)) }
        if grants {
            script.append(Script(migration: folder.grants, schema: schema))
            script.append(
                statement: """
                    insert into cell.migrations (schema_name, folder, number, name, digest)
                    values (\(schema), \(folder.path), \(grantsNumber), 'grants', \(folder.grantsDigest))
                    on conflict (schema_name, folder, number)
                        do update set digest = excluded.digest, applied_at = excluded.applied_at
                    """
            )
        }
        script.insert(
            into: "cell.migrations",
            "schema_name, folder, number, name, digest",
            rows: missing.map { [schema, folder.path, $0.number, $0.name, $0.digest] },
            schema: schema
        )
        return script
    }
}

/// What two workers share: who is next, and how many are done.
private actor WorkQueue {
    private var waiting: [(TenantName, Script)]
    private var finished = 1
    private let total: Int

    init(_ waiting: [(TenantName, Script)], total: Int) {
        self.waiting = waiting.reversed()
        self.total = total
    }

    func next() -> (TenantName, Script)? { waiting.popLast() }

    func done(_ name: TenantName) -> Migrator.Progress {
        finished += 1
        return Migrator.Progress(done: finished, total: total, what: name.rawValue)
    }
}
