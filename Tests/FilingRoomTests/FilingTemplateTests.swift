import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct FilingTemplateTests {
    private static let plan = """
        code,parent,title,disposal_sign,retention_years,trigger
        50,,Všeobecné,,,
        50.1,50,Organizace,A,5,uzavření spisu

        """
    private static let routing = "service,role,plan_code,note\npes-ohlaseni,clerk,50.1,\n"

    private func check(plan: String = plan, routing: String = routing) throws {
        try FilingTemplateLint.check(
            plan: try CSV(plan, file: "filing-plan.csv"),
            routing: try CSV(routing, file: "routing.csv")
        )
    }

    @Test func theTemplateOfTheProjectPasses() throws {
        _ = try FilingFurnisher(folder: TestCell.root.appending(path: "TenantTemplates/municipality"))
        try check()
    }

    @Test(arguments: [
        ("50,,Všeobecné,A,5,uzavření spisu\n50.1,50,Organizace,A,5,uzavření spisu", "line 2: 50 has parts"),
        ("50,,Všeobecné,,,", "line 2:  is no disposal sign"), ("50,,X,V,5,uzavření", "V is no disposal sign"),
        ("50,,X,A,0,uzavření", "0 is no period"), ("50,,X,A,101,uzavření", "101 is no period"),
        ("50,,X,A,,uzavření", "is no period"), ("50,,X,A,5,", "nothing starts"),
        ("50.1,50,X,A,5,uzavření", "parent 50 stands nowhere"),
        ("50,,X,A,5,u\n50,,Y,A,5,u", "line 3: 50 is there twice"), ("50,,,A,5,u", "no title"),
        ("50,,X", "3 values for 6 columns"),
    ])
    func aBadPlanIsRefusedWithItsLine(_ lines: String, _ why: String) throws {
        let header = "code,parent,title,disposal_sign,retention_years,trigger\n"
        let fault = #expect(throws: CSV.Fault.self) {
            try check(plan: header + lines, routing: "service,role,plan_code\n")
        }
        #expect(fault?.description.contains(why) == true, "\(fault?.description ?? "")")
    }

    @Test func codesStandInTheOrderOfTheirNumbers() {
        let codes = ["451", "50", "58.10", "58.2", "552", "58", "101.1", "54", "9", "101", "A"]
        #expect(
            codes.sorted { PlanOrder($0) < PlanOrder($1) }
                == ["9", "50", "54", "58", "58.2", "58.10", "101", "101.1", "451", "552", "A"]
        )
    }

    @Test func thePlanIsPrintedInThatOrderAndSaysWhatBelongsWhere() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let page = try await front.get("/nastaveni/plan", as: head).body
        let codes = page.matches(of: /<tr><td class="nowrap">([0-9.]+)<\/td>/).map { String($0.1) }
        #expect(codes.first == "50" && codes.last == "607")
        #expect(codes == codes.sorted { PlanOrder($0) < PlanOrder($1) })
        #expect(
            page.contains(
                "<strong>Životní prostředí</strong></td><td class=\"nowrap\"></td><td class=\"nowrap\">skupina"
            )
        )
        #expect(page.contains("kácení dřevin</td><td class=\"nowrap\">201</td><td class=\"nowrap\">S/5"))
    }

    @Test(arguments: [
        ("pes-ohlaseni,mayor,50.1,", "no role mayor"), ("pes-ohlaseni,clerk,50,", "not of the lowest level"),
        ("pes-ohlaseni,clerk,,\npes-ohlaseni,head,,", "line 3: pes-ohlaseni is there twice"),
    ])
    func badRoutingIsRefusedWithItsLine(_ lines: String, _ why: String) throws {
        let fault = #expect(throws: CSV.Fault.self) {
            try check(routing: "service,role,plan_code,note\n" + lines)
        }
        #expect(fault?.description.contains(why) == true, "\(fault?.description ?? "")")
    }
}
