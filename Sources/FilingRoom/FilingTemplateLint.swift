import Office

/// What a filing plan and the desks of services must be before an office is given them.
///
/// Throws ``CSV/Fault`` with the file and the line.
enum FilingTemplateLint {
    static func check(plan: CSV, routing: CSV) throws {
        let leaves = try checkPlan(plan)
        try checkRouting(routing, leaves: leaves)
    }

    /// The regime stands on the lowest level only (§ 15(1) of decree 259/2012); returns that level's codes.
    private static func checkPlan(_ plan: CSV) throws -> Set<String> {
        let parents = Set(try plan.lines.map { try $0["parent"] })
        var codes: Set<String> = []
        var leaves: Set<String> = []
        for line in plan.lines {
            let code = try line["code"]
            let parent = try line["parent"]
            guard !code.isEmpty, !(try line["title"]).isEmpty else { throw line.fault("no code or no title") }
            guard parent.isEmpty || codes.contains(parent) else {
                throw line.fault("parent \(parent) stands nowhere above")
            }
            guard codes.insert(code).inserted else { throw line.fault("\(code) is there twice") }
            let sign = try line["disposal_sign"]
            let years = try line["retention_years"]
            guard !parents.contains(code) else {
                guard sign.isEmpty, years.isEmpty, try line["trigger"].isEmpty else {
                    throw line.fault("\(code) has parts, so it has no regime of its own")
                }
                continue
            }
            guard ["A", "S"].contains(sign) else { throw line.fault("\(sign) is no disposal sign (A, S)") }
            guard let years = Int(years), (1...100).contains(years) else {
                throw line.fault("\(years) is no period of 1 to 100 years")
            }
            guard !(try line["trigger"]).isEmpty else { throw line.fault("nothing starts the period") }
            leaves.insert(code)
        }
        return leaves
    }

    private static func checkRouting(_ routing: CSV, leaves: Set<String>) throws {
        var services: Set<String> = []
        for line in routing.lines {
            let service = try line["service"]
            let role = try line["role"]
            let code = try line["plan_code"]
            guard !service.isEmpty, services.insert(service).inserted else {
                throw line.fault("\(service) is there twice, or is empty")
            }
            guard Role(rawValue: role) != nil else { throw line.fault("there is no role \(role)") }
            guard code.isEmpty || leaves.contains(code) else {
                throw line.fault("\(code) is not of the lowest level of the plan")
            }
        }
    }
}
