import Foundation
import Office
import Support
import Testing

@testable import Region

@Suite struct RoleTemplateTests {
    private static let header = "role,name,permissions,description\n"

    @Test func theTemplateOfTheProjectSaysWhatTheProgramDoes() throws {
        let folder = TestCell.root.appending(path: "TenantTemplates/municipality")
        #expect(try RoleTemplate(folder: folder).permissions.count == Role.allCases.count)
    }

    @Test(arguments: [
        ("mayor,starosta,keepBooks,x", "line 2: there is no role mayor"),
        ("accountant,účetní,fly,x", "no permission fly"),
        ("accountant,účetní,,x", "gives accountant keepBooks"),
        ("accountant,kasír,keepBooks,x", "is called účetní"),
        ("accountant,účetní,keepBooks,", "needs a description"),
        ("accountant,účetní,keepBooks,x\naccountant,účetní,keepBooks,x", "line 3: accountant is there twice"),
        ("accountant,účetní,keepBooks,x", "head, registryClerk, clerk, feeClerk missing"),
    ])
    func whatDiffersIsRefused(_ lines: String, _ why: String) throws {
        let fault = #expect(throws: CSV.Fault.self) {
            try RoleTemplate(Self.header + lines, file: "roles.csv")
        }
        #expect(fault?.description.contains(why) == true, "\(fault?.description ?? "")")
    }
}
