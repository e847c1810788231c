import Foundation
import Office
import Support
import Testing

@testable import Accounting

@Suite struct ChartTemplateTests {
    @Test func theTemplateOfTheProjectPasses() throws {
        _ = try BooksFurnisher(folder: TestCell.root.appending(path: "TenantTemplates/municipality"))
    }

    @Test(arguments: [
        ("21,Stavby,A,", "three digits"), ("0211,Stavby,A,", "three digits"),
        ("021,Stavby,A,\n021,Stavby,A,", "line 3: 021 is there twice"), ("021,,A,", "no name"),
        ("021,Stavby,X,", "X is no kind"),
    ])
    func aBadChartIsRefusedWithItsLine(_ lines: String, _ why: String) throws {
        let fault = #expect(throws: CSV.Fault.self) {
            try ChartLint.check(try CSV("code,name,kind,source\n" + lines, file: "chart-of-accounts.csv"))
        }
        #expect(fault?.description.contains(why) == true, "\(fault?.description ?? "")")
    }
}
