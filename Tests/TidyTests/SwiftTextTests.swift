import Testing

/// The reader of the rules sees what it must: a rule that cannot fail proves nothing.
@Suite struct SwiftTextTests {
    @Test func literalsAreToldFromCode() {
        let text = SwiftText(
            ##"""
            package import Office // not "this"
            let a = "select \(b("inner")) from tenant.notices", c = #"raw \d "quoted" "#
            /* nor "that" */ let d = """
                many "lines"
                """
            """##
        )
        #expect(text.imports == ["Office"])
        #expect(text.literals.contains("select \\() from tenant.notices"))
        #expect(text.literals.contains("inner"))
        #expect(text.literals.contains("raw \\d \"quoted\" "))
        #expect(text.literals.count == 4)
        #expect(text.comments.count == 2)
        #expect(!text.code.contains("this") && !text.code.contains("tenant"))
        #expect(text.code.contains("let d"))
    }

    @Test(arguments: [
        "select 1", "\n    select code\n    from tenant.notices", "insert into tenant.notices (id)",
        "update tenant.notices set", "with act as (update", "delete from relay.outbox", "create schema x",
    ])
    func aStatementIsSeen(_ literal: String) { #expect(literal.has(TidyTests.statement)) }

    @Test(arguments: ["selected", "Update your data", "with act", "creates a table", "grant", "insert"])
    func aSentenceIsNoStatement(_ literal: String) { #expect(!literal.has(TidyTests.statement)) }

    @Test func aDearMigrationIsSeen() {
        let dear = [
            "alter table notices add column kind text default 'x'", "id bigserial primary key",
            "alter table notices alter column kind type varchar", "n bigint generated always as identity",
        ]
        for form in dear {
            #expect(MigrationTests.dear.contains { form.has($0) }, "\(form)")
        }
        let cheap = [
            "alter table notices add column kind text", "alter table notices alter kind set default 'x'",
        ]
        for form in cheap {
            #expect(!MigrationTests.dear.contains { form.has($0) }, "\(form)")
        }
    }
}
